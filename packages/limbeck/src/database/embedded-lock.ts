import { randomUUID } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { LimbeckError } from "../errors/limbeck-error.ts";

interface Holder {
  readonly pid: number;
  readonly command: string;
  /** Tells this taking of the lock from every other. */
  readonly token: string;
}

const POLL_MS = 50;
/** A wait that is over within a second is not worth a word. */
const QUIET_POLLS = 20;
/** How long a lock that was just taken is looked at again, in case two processes cleared away a dead one's together. */
const SETTLE_MS = 20;

/**
 * Takes the right to open an embedded database, which one process at a time may do: a second one would ruin it.
 * The right of a process that is gone is free. `onWait` hears once who holds it. Makes the folder's parent. Gives the function that hands
 * it back; throws EMBEDDED_IN_USE and EMBEDDED_FAILED.
 */
export async function takeEmbeddedLock(
  folder: string,
  waitMs: number,
  onWait: (heldBy: string) => void = () => undefined,
): Promise<() => void> {
  const path = `${folder}.lock`;
  const own: Holder = { pid: process.pid, command: process.title, token: randomUUID() };
  const deadline = Date.now() + waitMs;
  makeParent(path);
  for (let waited = 0; ; waited++) {
    if (tryWrite(path, own)) {
      await sleep(SETTLE_MS);
      if (isOurs(path, own)) return () => isOurs(path, own) && rmSync(path, { force: true });
    }
    const holder = readHolder(path);
    if (holder !== undefined && isGone(holder)) rmSync(path, { force: true });
    else if (Date.now() > deadline) throw inUse(folder, holder);
    else {
      if (waited === QUIET_POLLS) onWait(describe(holder));
      await sleep(POLL_MS);
    }
  }
}

function tryWrite(path: string, own: Holder): boolean {
  try {
    writeFileSync(path, JSON.stringify(own), { flag: "wx" });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw notWritable(path, error);
  }
}

function makeParent(path: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
  } catch (error) {
    throw notWritable(path, error);
  }
}

function notWritable(path: string, cause: unknown): LimbeckError {
  return new LimbeckError("EMBEDDED_FAILED", {
    message: `The embedded database cannot be opened in ${dirname(path)}: ${(cause as Error).message}.`,
    hint: "Check the folder's permissions and the disk, or name another folder or a PostgreSQL server as `url` or DATABASE_URL.",
    cause,
  });
}

function isOurs(path: string, own: Holder): boolean {
  return readHolder(path)?.token === own.token;
}

/** Undefined while the file is being written, or when it has just gone. */
function readHolder(path: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as Holder;
  } catch {
    return undefined;
  }
}

function isGone(holder: Holder): boolean {
  try {
    process.kill(holder.pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
}

function inUse(folder: string, holder: Holder | undefined): LimbeckError {
  return new LimbeckError("EMBEDDED_IN_USE", {
    message: `${capitalized(describe(holder))} has the embedded database in ${folder} open, and only one can.`,
    hint: "Stop that process, or use a PostgreSQL server through DATABASE_URL.",
    details: { folder, ...(holder === undefined ? {} : { pid: holder.pid }) },
  });
}

function describe(holder: Holder | undefined): string {
  return holder === undefined ? "another process" : `process ${holder.pid} (${holder.command})`;
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
