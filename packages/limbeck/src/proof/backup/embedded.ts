import { readFileSync, writeFileSync } from "node:fs";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { PGlite } from "@electric-sql/pglite";
import { openEmbeddedArchive } from "../../database/embedded-archive.ts";
import type { Session } from "../../database/session.ts";
import { LimbeckError } from "../../errors/limbeck-error.ts";
import { milliseconds } from "../../runner/clock.ts";
import { readState, type VersionTable } from "../../runner/version-table.ts";
import { databaseFacts } from "./database-facts.ts";
import type { Written } from "./manifest.ts";
import { countsText } from "./objects.ts";

export interface EmbeddedBackupInput {
  readonly session: Session;
  readonly table: VersionTable;
  readonly now: () => Date;
  readonly limbeck: string;
}

/** Writes the data folder of the embedded database as a compressed tar, and opens it once to see that it is all there. */
export async function backupEmbedded(
  { session, table, now, limbeck }: EmbeddedBackupInput,
  part: string,
): Promise<Written> {
  const started = milliseconds();
  const takenAt = now().toISOString();
  const { list: _, major: __, ...facts } = await databaseFacts(session);
  const { rows: revisions } = await readState(session, table);
  // What is in the memory of the database alone goes to its files.
  await session.script(["CHECKPOINT"]);
  const archive = await (session.client as PGlite).dumpDataDir("none");
  // Beside this thread, and for half of the time that the last few percent would take.
  writeFileSync(part, await promisify(gzip)(Buffer.from(await archive.arrayBuffer()), { level: 3 }));
  await refuseOthers(part, facts.objects);
  const durationMs = Math.round(milliseconds() - started);
  return { limbeck, format: "pglite", programVersion: facts.serverVersion, takenAt, durationMs, revisions, ...facts };
}

async function refuseOthers(part: string, expected: Written["objects"]): Promise<void> {
  const copy = await openEmbeddedArchive(readFileSync(part));
  try {
    const { objects } = await databaseFacts(copy);
    if (JSON.stringify(objects) === JSON.stringify(expected)) return;
    throw new LimbeckError("BACKUP_FAILED", {
      message: `The backup holds ${countsText(objects)}, and the database ${countsText(expected)}.`,
      hint: "Try it again. Nothing is left of it.",
    });
  } finally {
    await copy.close();
  }
}
