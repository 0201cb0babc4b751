import type { ClientPrograms } from "../../database/client-programs.ts";
import { ProgramError, runProgram, type ProgramOptions } from "../../database/run-program.ts";
import type { Session } from "../../database/session.ts";
import { LimbeckError } from "../../errors/limbeck-error.ts";
import { milliseconds } from "../../runner/clock.ts";
import { readState, type VersionTable } from "../../runner/version-table.ts";
import { missingFrom, parseArchiveList } from "./archive-list.ts";
import { databaseFacts } from "./database-facts.ts";
import type { Written } from "./manifest.ts";

export interface ServerBackupInput {
  readonly session: Session;
  readonly table: VersionTable;
  readonly programs: ClientPrograms;
  /** The environment that leads the programs to the session's database. */
  readonly run: ProgramOptions;
  readonly now: () => Date;
  readonly limbeck: string;
  /** How long to wait for a table that somebody has locked. */
  readonly lockWaitMs: number;
}

/**
 * Writes an archive of the session's database with pg_dump, and reads it back: its list has every object that the
 * catalogs have, and its data can be read to the end. The snapshot of the session is pg_dump's as well, so that what is
 * said of the backup is of the backup, whatever happens beside it. Throws BACKUP_FAILED.
 */
export async function backupServer(input: ServerBackupInput, part: string): Promise<Written> {
  const { session, table, programs, run, now, limbeck } = input;
  const started = milliseconds();
  await session.script(["BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"]);
  try {
    // The session has nothing to do while pg_dump works, for hours it may be.
    await session.query(
      "select set_config(name, '0', true) from pg_settings where name in ('idle_in_transaction_session_timeout', 'transaction_timeout')",
    );
    const [row] = await session.query<{ snapshot: string }>("select pg_export_snapshot() as snapshot");
    const takenAt = now().toISOString();
    const { list, major: _, ...facts } = await databaseFacts(session);
    const { rows: revisions } = await readState(session, table);
    await dump(input, row!.snapshot, part);
    const missing = missingFrom(parseArchiveList(await listArchive(programs, part, run)), list);
    if (missing.length > 0) throw incomplete(missing);
    await readWhole(programs, part, run);
    const durationMs = Math.round(milliseconds() - started);
    return {
      limbeck,
      format: "pg_dump",
      programVersion: programs.version,
      takenAt,
      durationMs,
      revisions,
      ...facts,
    };
  } finally {
    await session.script(["ROLLBACK"]).catch(() => undefined);
  }
}

async function dump({ programs, run, lockWaitMs }: ServerBackupInput, snapshot: string, part: string): Promise<void> {
  const wait = `--lock-wait-timeout=${Math.max(1, Math.round(lockWaitMs))}`;
  const args = ["--format=custom", "--no-password", wait, `--snapshot=${snapshot}`, `--file=${part}`];
  await explained("could not be made", () => runProgram(programs.pgDump, args, { ...run, stdout: "ignored" }));
}

/** What an archive holds, one line an object. Throws BACKUP_FAILED for a file that is none. */
export async function listArchive(programs: ClientPrograms, file: string, run: ProgramOptions): Promise<string> {
  return await explained("cannot be read", () =>
    runProgram(programs.pgRestore, ["--list", file], { ...run, stdout: "wanted" }),
  );
}

/** Unpacks everything once, for nobody: what is compressed has checksums. */
async function readWhole(programs: ClientPrograms, file: string, run: ProgramOptions): Promise<void> {
  await explained("cannot be read to its end", () =>
    runProgram(programs.pgRestore, ["--file=-", file], { ...run, stdout: "ignored" }),
  );
}

async function explained<T>(what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (!(cause instanceof ProgramError)) throw cause;
    throw new LimbeckError("BACKUP_FAILED", {
      message: `The backup ${what}: ${cause.message}.`,
      hint: "See to what it says, and try again. Nothing is left of it; the database is as it was.",
      cause,
    });
  }
}

function incomplete(missing: readonly string[]): LimbeckError {
  return new LimbeckError("BACKUP_FAILED", {
    message: `The backup lacks what the database has: ${missing.slice(0, 5).join(", ")}${missing.length > 5 ? `, and ${missing.length - 5} more` : ""}.`,
    hint: "Try it again when nobody changes the schema. Nothing is left of it.",
    details: { missing },
  });
}
