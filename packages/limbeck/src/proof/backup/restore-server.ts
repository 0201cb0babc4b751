import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ClientPrograms } from "../../database/client-programs.ts";
import { ProgramError, startProgram, type ProgramOptions } from "../../database/run-program.ts";
import { LimbeckError } from "../../errors/limbeck-error.ts";
import { EMPTY_DATABASE } from "./empty-sql.ts";

export interface ServerRestoreInput {
  readonly file: string;
  readonly programs: ClientPrograms;
  readonly run: ProgramOptions;
  /** Of the server. */
  readonly major: number;
  /** How long to wait for what somebody uses of the database that is there. */
  readonly lockWaitMs: number;
  /** Whether objects get the owners, and the grants, that they had. */
  readonly owner: boolean;
  readonly privileges: boolean;
}

/**
 * Makes the database what an archive says, in one transaction: what was there before goes with the same commit with which
 * the archive comes, so that any failure leaves it as it was. pg_restore writes the script and psql runs it, because
 * pg_restore alone drops nothing that the archive does not have. Throws RESTORE_FAILED, LOCK_TIMEOUT and INTERRUPTED.
 */
export async function restoreServer(input: ServerRestoreInput): Promise<void> {
  const { file, programs, run, major, lockWaitMs } = input;
  const flags = [...(input.owner ? [] : ["--no-owner"]), ...(input.privileges ? [] : ["--no-privileges"])];
  const reader = startProgram(programs.pgRestore, ["--single-transaction", "--file=-", ...flags, file], run, [
    "ignore",
    "pipe",
    "pipe",
  ]);
  const writer = startProgram(
    programs.psql,
    ["--no-psqlrc", "--quiet", "--no-password", "--set=ON_ERROR_STOP=1", "--set=VERBOSITY=verbose", "--file=-"],
    run,
    ["pipe", "ignore", "pipe"],
  );
  writer.process.stdin!.write(prelude(lockWaitMs));
  const piped = pipeline(reader.process.stdout!, forServer(major), writer.process.stdin!).catch(() => {
    // The one that ended too early says why, and the other one has nothing left to do.
    reader.process.kill();
  });
  const [read, wrote] = await Promise.allSettled([reader.ended, writer.ended, piped]);
  // A reader that is cut off by its writer only says that nobody listens any more.
  for (const result of [wrote, read]) if (result.status === "rejected") throw explained(result.reason);
}

/**
 * Begins the transaction: pg_restore's own BEGIN joins it, and its COMMIT, the last line that it writes when it has read
 * all of the archive, ends it.
 */
function prelude(lockWaitMs: number): string {
  return `SET client_min_messages = error;\nSET lock_timeout = ${Math.max(1, Math.round(lockWaitMs))};\nBEGIN;\n${EMPTY_DATABASE}`;
}

/** The script of a newer pg_restore sets what an older server does not know. It says so in its first lines. */
export function forServer(major: number): Transform {
  let isHead = true;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      const text = isHead && major < 17 ? chunk.toString("latin1") : undefined;
      isHead = false;
      if (text === undefined) return done(null, chunk);
      done(null, Buffer.from(text.replace(/^SET transaction_timeout = 0;$/m, ""), "latin1"));
    },
  });
}

function explained(cause: unknown): unknown {
  if (!(cause instanceof ProgramError)) return cause;
  // lock_not_available, in whatever language the server speaks.
  if (/\b55P03\b/.test(cause.message)) {
    return new LimbeckError("LOCK_TIMEOUT", {
      message: "The database is in use, and what is in it could not be replaced in time. It is as it was.",
      hint: "Stop the application, and restore again; --lock-wait allows more time.",
      cause,
    });
  }
  // psql ends with 2 when its connection is lost, which may have been behind the COMMIT.
  const isUnknown = cause.exitCode === 2;
  return new LimbeckError("RESTORE_FAILED", {
    message: `The restore failed: ${cause.message}. ${isUnknown ? "The connection was lost, so that nobody knows whether the last commit came through." : "Everything was rolled back: the database is as it was."}`,
    hint: isUnknown
      ? "See with `limbeck status` where the database stands, and restore again if it is as it was."
      : "Put right what it says, and restore again. --no-owner and --no-privileges leave out roles that this server does not have.",
    cause,
  });
}
