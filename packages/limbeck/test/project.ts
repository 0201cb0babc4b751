import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Limbeck } from "../src/index.ts";

/** A revision of a test: what its file says, in TypeScript unless `format` says otherwise. */
export interface TestRevision {
  readonly id: string;
  readonly down?: string | readonly string[] | null;
  readonly labels?: string | null;
  readonly dependsOn?: string | readonly string[] | null;
  readonly message?: string;
  readonly transaction?: "step" | "none";
  /** The bodies of the two halves. */
  readonly up?: string;
  readonly undo?: string;
}

/** Writes revision files into `folder/migrations` and gives that folder. */
export function writeRevisions(folder: string, revisions: readonly TestRevision[]): string {
  const migrations = join(folder, "migrations");
  mkdirSync(migrations, { recursive: true });
  for (const revision of revisions) {
    writeFileSync(join(migrations, `${revision.id}_step.ts`), revisionSource(revision));
  }
  return migrations;
}

/** Runs all revisions of a folder. */
export async function upgrade(url: string, folder: string): Promise<void> {
  const limbeck = await Limbeck.open({ url, cwd: folder });
  try {
    await limbeck.upgrade();
  } finally {
    await limbeck.close();
  }
}

function revisionSource(revision: TestRevision): string {
  const { id, down = null, labels = null, dependsOn = null, message = id, up = "", undo = "" } = revision;
  const transaction =
    revision.transaction === undefined ? "" : `export const transaction = ${JSON.stringify(revision.transaction)};\n`;
  return `import { check, column, foreignKey, primaryKey, sql, unique, type Operations } from "limbeck";

export const revision = ${JSON.stringify(id)};
export const downRevision = ${JSON.stringify(down)};
export const branchLabels = ${JSON.stringify(labels)};
export const dependsOn = ${JSON.stringify(dependsOn)};
${transaction}
/** ${message} */
export async function upgrade(op: Operations) {
${up}
}

export async function downgrade(op: Operations) {
${undo}
}
`;
}
