import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { LimbeckError } from "../errors/limbeck-error.ts";
import { slugOf } from "./slug.ts";

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
}

/** Writes a revision file into a folder and gives its path. Never overwrites one. */
export function writeRevisionFile(folder: string, revision: NewRevision): string {
  const slug = slugOf(revision.message);
  const path = join(folder, `${revision.revision}${slug === "" ? "" : `_${slug}`}.${revision.format}`);
  writeNewFile(path, revision.format === "sql" ? sqlRevision(revision) : moduleRevision(revision));
  return path;
}

/** Writes a file that must not be there yet. Throws FILE_EXISTS and FILE_WRITE_FAILED. */
export function writeNewFile(path: string, content: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content, { flag: "wx" });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "EEXIST") {
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
  const { upgrade = "", downgrade = "" } = revision;
  const isMerge = revision.downRevision.length > 1 && upgrade === "" && downgrade === "";
  return `${isMerge ? "" : `import type { Operations } from "limbeck";\n\n`}export const revision = ${JSON.stringify(revision.revision)};
export const downRevision = ${oneOrMany(revision.downRevision)};
export const branchLabels = ${oneOrMany(revision.branchLabels)};
export const dependsOn = ${oneOrMany(revision.dependsOn)};

${docComment(revision.message)}${half("upgrade", upgrade, isMerge)}
${half("downgrade", downgrade, isMerge)}`;
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

function docComment(message: string): string {
  const lines = message.replaceAll("*/", "* /").trim().split("\n");
  if (lines.length > 1) return `/**\n${lines.map((line) => ` * ${line}`.trimEnd()).join("\n")}\n */\n`;
  return lines[0] === "" ? "" : `/** ${lines[0]} */\n`;
}

function sqlRevision(revision: NewRevision): string {
  const list = (values: readonly string[]): string => (values.length === 0 ? "null" : values.join(", "));
  const optional = [
    ...(revision.branchLabels.length === 0 ? [] : [`-- branchLabels: ${list(revision.branchLabels)}`]),
    ...(revision.dependsOn.length === 0 ? [] : [`-- dependsOn: ${list(revision.dependsOn)}`]),
  ];
  const message = revision.message
    .trim()
    .split("\n")
    .map((line) => `-- ${line}`.trimEnd());
  return [
    `-- revision: ${revision.revision}`,
    `-- downRevision: ${list(revision.downRevision)}`,
    ...optional,
    ...(revision.message.trim() === "" ? [] : message),
    `\n-- upgrade\n${revision.upgrade ?? ""}`,
    `-- downgrade\n${revision.downgrade ?? ""}`,
  ].join("\n");
}
