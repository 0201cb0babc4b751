import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { LimbeckError } from "../errors/limbeck-error.ts";

/** A revision to be written. */
export interface NewRevision {
  readonly revision: string;
  /** None for a base, several for a merge. */
  readonly downRevision: readonly string[];
  readonly branchLabels: readonly string[];
  readonly dependsOn: readonly string[];
  readonly message: string;
  readonly format: "ts" | "sql";
  /** The bodies of the two halves, if there is something to put into them. */
  readonly upgrade?: string;
  readonly downgrade?: string;
  /** "none": each statement by itself, and not the whole step in a transaction. */
  readonly transaction?: "none";
  /** Why it cannot be undone. It has no downgrade then. */
  readonly irreversible?: string;
}

/**
 * Writes a revision file of this name into a folder and gives its path. Never overwrites one. Throws REVISION_ID_INVALID for a
 * name that would not be read back, FILE_EXISTS and FILE_WRITE_FAILED.
 */
export function writeRevisionFile(folder: string, name: string, revision: NewRevision): string {
  refuseUnwritable(revision);
  const path = join(folder, `${name}.${revision.format}`);
  writeNewFile(path, revision.format === "sql" ? sqlRevision(revision) : moduleRevision(revision));
  return path;
}

/** What stands for something else in a header, in TypeScript or in SQL. */
const NO_WORD = /["'`\\,[\]]|^(?:null|none)$/i;
/** What makes a path of a file's name, or hides the file. */
const NO_FILE_NAME = /[/\\]|^[._]/;

function refuseUnwritable({ revision, downRevision, branchLabels, dependsOn }: NewRevision): void {
  const words = [revision, ...downRevision, ...branchLabels, ...dependsOn];
  const name = NO_FILE_NAME.test(revision) ? revision : words.find((word) => NO_WORD.test(word));
  if (name === undefined) return;
  throw new LimbeckError("REVISION_ID_INVALID", {
    message: `The name ${JSON.stringify(name)} cannot stand in a revision file, or in a file's name, and be read back.`,
    hint: "Use letters, digits and `_`, beginning with a letter or a digit.",
    details: { name },
  });
}

/** Writes a file that must not be there yet. Throws FILE_EXISTS and FILE_WRITE_FAILED. */
export function writeNewFile(path: string, content: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content, { flag: "wx" });
  } catch (cause) {
    const { code, syscall } = cause as NodeJS.ErrnoException;
    if (code === "EEXIST" && syscall === "open") {
      throw new LimbeckError("FILE_EXISTS", {
        message: `The file ${path} exists already.`,
        hint: "Move it away, or choose another id or folder.",
        where: { file: path },
        cause,
      });
    }
    throw new LimbeckError("FILE_WRITE_FAILED", {
      message: `The file ${path} cannot be written: ${(cause as Error).message}.`,
      hint: "Check the folder's permissions and the disk.",
      where: { file: path },
      cause,
    });
  }
}

function moduleRevision(revision: NewRevision): string {
  const { upgrade = "", downgrade = "", irreversible } = revision;
  const isMerge = revision.downRevision.length > 1 && upgrade === "" && downgrade === "";
  const settings = [
    ...(revision.transaction === undefined ? [] : [`export const transaction = "${revision.transaction}";\n`]),
    ...(irreversible === undefined ? [] : [`export const irreversible = ${JSON.stringify(irreversible)};\n`]),
  ].join("");
  return `${isMerge ? "" : `${importLine(upgrade + downgrade)}\n\n`}export const revision = ${JSON.stringify(revision.revision)};
export const downRevision = ${oneOrMany(revision.downRevision)};
export const branchLabels = ${oneOrMany(revision.branchLabels)};
export const dependsOn = ${oneOrMany(revision.dependsOn)};
${settings}
${docComment(revision.message)}${half("upgrade", upgrade, isMerge)}${irreversible === undefined ? `\n${half("downgrade", downgrade, isMerge)}` : ""}`;
}

/** What the body of a revision may use, beside `op`. */
const IMPORTABLE = ["check", "column", "exclude", "foreignKey", "primaryKey", "sql", "unique"];

/** Imports what the source mentions outside of its texts and comments. */
function importLine(source: string): string {
  const code = source.replace(/"(?:\\.|[^"\\])*"|`(?:\\[^]|[^`\\])*`|\/\/.*/g, (text) => text[0]!);
  const used = IMPORTABLE.filter((name) => new RegExp(`(?<![\\w.$])${name}[(\`]`).test(code));
  return used.length === 0
    ? `import type { Operations } from "limbeck";`
    : `import { ${used.join(", ")}, type Operations } from "limbeck";`;
}

function half(name: string, body: string, isMerge: boolean): string {
  return `export async function ${name}(${isMerge ? "" : "op: Operations"}) {${body === "" ? "" : `\n${body}`}}\n`;
}

function oneOrMany(values: readonly string[]): string {
  if (values.length === 0) return "null";
  return values.length === 1
    ? JSON.stringify(values[0])
    : `[${values.map((value) => JSON.stringify(value)).join(", ")}]`;
}

/** A backslash keeps the message's own `*\/` and `@` from being read as the comment's end and as a tag. */
function docComment(message: string): string {
  const lines = messageLines(message).map((line) => line.replaceAll("*/", "*\\/").replace(/^(\s*)@/, "$1\\@"));
  if (lines.length > 1) return `/**\n${lines.map((line) => ` * ${line}`.trimEnd()).join("\n")}\n */\n`;
  return lines[0] === "" ? "" : `/** ${lines[0]} */\n`;
}

function sqlRevision(revision: NewRevision): string {
  const list = (values: readonly string[]): string => (values.length === 0 ? "null" : values.join(", "));
  const optional = [
    ...(revision.branchLabels.length === 0 ? [] : [`-- branchLabels: ${list(revision.branchLabels)}`]),
    ...(revision.dependsOn.length === 0 ? [] : [`-- dependsOn: ${list(revision.dependsOn)}`]),
  ];
  const message = messageLines(revision.message).map((line) => {
    const indent = LOOKS_LIKE_HEADER.test(line) ? "  " : " ";
    return `--${indent}${line}`.trimEnd();
  });
  return [
    `-- revision: ${revision.revision}`,
    `-- downRevision: ${list(revision.downRevision)}`,
    ...optional,
    ...(revision.transaction === undefined ? [] : [`-- transaction: ${revision.transaction}`]),
    ...(revision.irreversible === undefined ? [] : [`-- irreversible: ${revision.irreversible.replace(/\s+/g, " ")}`]),
    ...(revision.message.trim() === "" ? [] : message),
    `\n-- upgrade\n${revision.upgrade ?? ""}`,
    `-- downgrade\n${revision.downgrade ?? ""}`,
  ].join("\n");
}

/** What a comment with one space in front of it would say to the reader. */
const LOOKS_LIKE_HEADER = /^(?:(?:upgrade|downgrade)\s*|\w+\s*:.*)$/i;

/** On lines as JavaScript and PostgreSQL end them. */
function messageLines(message: string): string[] {
  return message.trim().split(/\r\n?|[\n\u2028\u2029]/);
}
