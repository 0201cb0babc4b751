import { reasonOf } from "../errors/reason.ts";
import { existsSync, renameSync } from "node:fs";
import type * as Pglite from "@electric-sql/pglite";
import type { PGlite } from "@electric-sql/pglite";
import { LimbeckError } from "../errors/limbeck-error.ts";
import { createFromSnapshot } from "./embedded-snapshot.ts";
import { takeEmbeddedLock } from "./embedded-lock.ts";
import { isPostgresError, ScriptError, type Row, type Session } from "./session.ts";

const WAIT_MS = 15_000;

/** Opens the embedded database in a folder, or in memory, and makes it when it is not there. */
export async function openEmbeddedSession(
  folder: string | undefined,
  onWait?: (heldBy: string) => void,
): Promise<Session> {
  const pglite = await importPglite();
  if (folder === undefined)
    return session(await createFromSnapshot(pglite, undefined), "pglite://memory", () => undefined);
  const unlock = await takeEmbeddedLock(folder, WAIT_MS, onWait);
  try {
    takeBack(folder);
    return session(await createFromSnapshot(pglite, folder), `pglite://${folder}`, unlock);
  } catch (cause) {
    unlock();
    throw new LimbeckError("EMBEDDED_FAILED", {
      message: `The embedded database in ${folder} could not be opened: ${reasonOf(cause)}.`,
      hint: "Check the folder's permissions and the disk; if its data may go, remove the folder.",
      cause,
    });
  }
}

/** Where a database waits while another one takes its place. */
export function replacedFolder(folder: string): string {
  return `${folder}.replaced`;
}

/** A database whose successor never came, because the process was killed between the two, goes back to its place. */
function takeBack(folder: string): void {
  if (!existsSync(folder) && existsSync(replacedFolder(folder))) renameSync(replacedFolder(folder), folder);
}

/** Takes a PGlite instance of the caller's as a session; closing the session leaves the instance open. */
export function sessionOfEmbeddedClient(client: PGlite): Session {
  return { ...session(client, "pglite", () => undefined), close: () => Promise.resolve() };
}

function session(client: PGlite, description: string, unlock: () => void): Session {
  return {
    kind: "embedded",
    description,
    client,
    async query<T extends object = Row>(text: string, values?: readonly unknown[]) {
      const result = await client.query<T>(text, values as unknown[] | undefined);
      return result.rows;
    },
    script: (pieces, completed) => runScript(client, pieces, completed),
    announcedPid: undefined,
    cancel: () => Promise.resolve(),
    another: () => Promise.resolve(undefined),
    async close() {
      await client.close();
      unlock();
    },
  };
}

async function runScript(
  client: PGlite,
  pieces: readonly string[],
  completed?: (piece: number) => void,
): Promise<void> {
  for (const [index, piece] of pieces.entries()) {
    try {
      await client.exec(piece);
      completed?.(index);
    } catch (error) {
      const position = isPostgresError(error) && error.position !== undefined ? Number(error.position) : undefined;
      throw new ScriptError(error, index, position);
    }
  }
}

export type PgliteModule = typeof Pglite;

export async function importPglite(): Promise<PgliteModule> {
  try {
    return await import("@electric-sql/pglite");
  } catch (cause) {
    throw new LimbeckError("EMBEDDED_NOT_INSTALLED", {
      message: "No database URL is set, and the embedded database's package is not installed.",
      hint: "Set DATABASE_URL, or run `npm install @electric-sql/pglite`.",
      cause,
    });
  }
}
