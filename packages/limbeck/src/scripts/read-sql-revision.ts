import { LimbeckError } from "../errors/limbeck-error.ts";
import { nearest } from "../errors/suggest.ts";
import { saysNoTransaction } from "./directive.ts";
import { SETTINGS, type SettingName } from "./revision-settings.ts";
import { METADATA, type Header, type MetadataName, type MetadataValue } from "./revision-file.ts";

/** One half of an SQL revision: its text, and the line it begins at, counted from 1. */
export interface SqlSection {
  readonly text: string;
  readonly line: number;
}

export interface SqlRevision extends Header {
  readonly settings: ReadonlyMap<SettingName, { readonly value: string; readonly line: number }>;
  readonly upgrade: SqlSection | undefined;
  readonly downgrade: SqlSection | undefined;
}

/**
 * Reads an SQL revision: `-- name: value` lines, `-- limbeck: no-transaction` and the description at its top, then the
 * halves below the lines `-- upgrade` and `-- downgrade`. A comment that is indented by more than one space is never more than text.
 */
export function readSqlRevision(source: string, path: string): SqlRevision {
  const lines = source.replace(/^\uFEFF/, "").split("\n");
  const marks = lines.flatMap((text, index) => {
    const name = /^-- ?(upgrade|downgrade)\s*$/i.exec(text)?.[1]?.toLowerCase();
    return name === undefined ? [] : [{ name, index }];
  });
  const section = (name: string): SqlSection | undefined => {
    const found = marks.filter((mark) => mark.name === name);
    if (found.length > 1) {
      const hint = "Keep one of the two, and put all its statements below it.";
      throw invalid(path, found[1]!.index + 1, `The line "-- ${name}" is there twice.`, hint);
    }
    if (found[0] === undefined) return undefined;
    const { index } = found[0];
    const end = marks.find((mark) => mark.index > index)?.index ?? lines.length;
    return { text: lines.slice(index + 1, end).join("\n"), line: index + 2 };
  };
  const upgrade = section("upgrade");
  const downgrade = section("downgrade");
  const { statementLine, ...header } = readHeaderLines(lines.slice(0, marks[0]?.index ?? lines.length), path);
  const isRevision = marks.length > 0 || header.metadata.size > 0;
  if (isRevision && statementLine !== undefined) {
    const hint = 'Put a line "-- upgrade" in front of the statements.';
    throw invalid(path, statementLine, "There is SQL above the line -- upgrade.", hint);
  }
  return { ...header, isRevision, upgrade, downgrade };
}

interface HeaderLines extends Omit<Header, "isRevision"> {
  readonly settings: SqlRevision["settings"];
  /** The first line that is no comment. */
  readonly statementLine: number | undefined;
}

function readHeaderLines(lines: readonly string[], path: string): HeaderLines {
  const metadata: Map<MetadataName, { value: MetadataValue; line: number }> = new Map();
  const settings: Map<SettingName, { value: string; line: number }> = new Map();
  const description: string[] = [];
  let statementLine: number | undefined;
  lines.forEach((text, index) => {
    const line = index + 1;
    const comment = /^(?:--(.*))?$/s.exec(text.trim());
    if (comment === null) return void (statementLine ??= line);
    if (saysNoTransaction(text, { file: path, line })) return void settings.set("transaction", { value: "none", line });
    const said = comment[1] ?? "";
    const field = /^ ?(\w+)\s*:\s*(.*)$/.exec(said);
    const setting = field === null ? undefined : settingName(field[1]!);
    if (setting !== undefined) return void settings.set(setting, { value: unquoted(field![2]!.trim()), line });
    const name = field === null ? undefined : metadataName(field[1]!, field[2]!);
    if (name === undefined) return void description.push(said.replace(/^ /, ""));
    if (metadata.has(name)) throw invalid(path, line, `"${name}" is there twice.`, "Keep one of the two.");
    metadata.set(name, { value: metadataValue(field![2]!), line });
  });
  return { metadata, description: description.join("\n").trim() || undefined, statementLine, settings };
}

/** A header's name, a slip of the fingers included, so that `-- downRevison: x` is no description. */
function metadataName(word: string, value: string): MetadataName | undefined {
  const names: readonly string[] = METADATA;
  if (names.includes(word)) return word as MetadataName;
  if (names.includes(camelCase(word))) return camelCase(word) as MetadataName;
  const isProse = /[^\s,]\s+[^\s,]/.test(value);
  return word.length > 6 && !isProse ? (nearest(word, names) as MetadataName | undefined) : undefined;
}

function settingName(word: string): SettingName | undefined {
  return SETTINGS.find((known) => known === word || (word.includes("_") && known === camelCase(word)));
}

function camelCase(word: string): string {
  return word.toLowerCase().replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}

function unquoted(text: string): string {
  return text.replace(/^(["'])(.*)\1$/, "$2");
}

function metadataValue(text: string): MetadataValue {
  const value = text.trim();
  if (/^(?:null|none)?$/i.test(value)) return null;
  const parts = value
    .replace(/^\[|\]$/g, "")
    .split(",")
    .map((part) => unquoted(part.trim()))
    .filter((part) => part !== "");
  return parts.length === 1 ? parts[0]! : parts;
}

function invalid(file: string, line: number, message: string, hint: string): LimbeckError {
  return new LimbeckError("REVISION_FILE_INVALID", { message, hint, where: { file, line } });
}
