import { readdirSync, readFileSync, type Dirent } from "node:fs";
import { basename, extname, resolve, sep } from "node:path";
import { LimbeckError } from "../errors/limbeck-error.ts";
import { readModuleHeader } from "./read-module-header.ts";
import { readSqlRevision } from "./read-sql-revision.ts";
import type { Header, MetadataName, MetadataValue, RevisionFile } from "./revision-file.ts";

export interface FindOptions {
  /** Absolute folders, in their order. */
  readonly locations: readonly string[];
  /** Whether folders inside them count too. */
  readonly recursive: boolean;
}

/**
 * Reads the headers of all revision files, in the order of the locations and then of the file names. No file is run.
 * Throws MIGRATIONS_NOT_FOUND for a location that is not there and REVISION_FILE_INVALID for a broken header.
 */
export function findRevisionFiles(options: FindOptions): RevisionFile[] {
  const paths = options.locations.flatMap((location) => listFiles(resolve(location), options.recursive));
  // A location may be named twice, or lie inside another one.
  return Array.from(new Set(paths)).flatMap((path) => readRevisionFile(path) ?? []);
}

function listFiles(folder: string, recursive: boolean): string[] {
  const files: string[] = [];
  for (const entry of sortedEntries(folder)) {
    const { name } = entry;
    if (name.startsWith(".") || name.startsWith("_") || name === "node_modules") continue;
    const path = folder + sep + name;
    if (entry.isDirectory()) {
      if (recursive) files.push(...listFiles(path, recursive));
    } else if (name.endsWith(".sql") || isModule(name)) files.push(path);
  }
  return files;
}

function isModule(name: string): boolean {
  return /\.m?[jt]s$/.test(name) && !/\.(?:d\.m?ts|test\.m?[jt]s|spec\.m?[jt]s)$/.test(name);
}

/** Entries by the code points of their names, which is the same order on every machine. */
function sortedEntries(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  } catch (cause) {
    throw new LimbeckError("MIGRATIONS_NOT_FOUND", {
      message: `The migrations folder ${folder} cannot be read.`,
      hint: "Run `limbeck init` to create one, or name yours as `migrations` in limbeck.config.ts.",
      details: { folder },
      cause,
    });
  }
}

/** Reads one file's header; undefined for a file that has nothing of a revision in it. */
function readRevisionFile(path: string): RevisionFile | undefined {
  const source = readSource(path);
  const format = path.endsWith(".sql") ? "sql" : "ts";
  const header = format === "sql" ? readSqlRevision(source, path) : readModuleHeader(source, path);
  if (!header.isRevision && !/^\d/.test(basename(path))) return undefined;
  return revisionFile(header, path, format);
}

/** As an object: Node makes one of the text for every call. */
const UTF8 = { encoding: "utf8" } as const;

function readSource(path: string): string {
  try {
    return readFileSync(path, UTF8);
  } catch (cause) {
    throw new LimbeckError("REVISION_FILE_INVALID", {
      message: `The revision file ${path} cannot be read: ${(cause as Error).message}.`,
      hint: "Check the file and its permissions, or take it out of the migrations folder.",
      where: { file: path },
      cause,
    });
  }
}

function revisionFile(header: Header, path: string, format: RevisionFile["format"]): RevisionFile {
  const revision = required(header, "revision", path, format);
  if (typeof revision.value !== "string" || revision.value === "") {
    throw invalid(
      path,
      revision.line,
      "A revision has exactly one id.",
      `Write one text: ${example(format, "revision")}`,
    );
  }
  const down = required(header, "downRevision", path, format).value;
  const description = header.description ?? "";
  return {
    revision: revision.value,
    downRevision: Array.isArray(down) && down.length === 0 ? null : down,
    branchLabels: list(header.metadata.get("branchLabels")?.value),
    dependsOn: list(header.metadata.get("dependsOn")?.value),
    message: firstParagraph(description) || slugInWords(path, revision.value),
    description,
    path,
    format,
    where: { file: path, line: revision.line },
  };
}

function required(
  header: Header,
  name: MetadataName,
  path: string,
  format: RevisionFile["format"],
): { readonly value: MetadataValue; readonly line: number } {
  const found = header.metadata.get(name);
  if (found !== undefined) return found;
  const hint = `Add a line ${example(format, name)}${name === "downRevision" ? " (null for the first revision)" : ""}`;
  throw invalid(path, 1, `The revision file says nothing of its ${name}.`, hint);
}

function example(format: RevisionFile["format"], name: MetadataName): string {
  return format === "sql" ? `-- ${name}: 20250909185058` : `export const ${name} = "20250909185058";`;
}

function list(value: MetadataValue | undefined): readonly string[] {
  if (value === undefined || value === null) return [];
  return typeof value === "string" ? [value] : value;
}

function firstParagraph(description: string): string {
  if (!description.includes("\n")) return description.trim();
  return (description.split(/\n\s*\n/)[0] ?? "").replace(/\s*\n\s*/g, " ").trim();
}

function slugInWords(path: string, revision: string): string {
  const name = basename(path, extname(path));
  return (name.startsWith(revision) ? name.slice(revision.length) : name).replaceAll("_", " ").trim();
}

function invalid(file: string, line: number, message: string, hint: string): LimbeckError {
  return new LimbeckError("REVISION_FILE_INVALID", { message, hint, where: { file, line } });
}
