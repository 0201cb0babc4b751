import type { Database } from "../store/database.ts";

/** Where the database stands among the revisions that this service knows. */
export interface MigrationStatus {
  readonly current: readonly string[];
  readonly heads: readonly string[];
  readonly pending: number;
}

/** Looks the database's revisions up. */
export type ReadMigrationStatus = (database: Database) => Promise<MigrationStatus>;

export interface Health {
  readonly status: "ok" | "behind" | "unavailable";
  readonly database: Database["kind"];
  readonly current_revision: string | null;
  readonly head: string | null;
  readonly pending: number | null;
}

const patienceMs = 3_000;

/** Whether the service can do its work: the database answers, and is not behind the head of the revisions. */
export async function checkHealth(database: Database, readStatus: ReadMigrationStatus): Promise<Health> {
  const status = await inTime(readStatus(database)).catch(() => undefined);
  if (status === undefined) {
    return { status: "unavailable", database: database.kind, current_revision: null, head: null, pending: null };
  }
  return {
    status: status.pending > 0 ? "behind" : "ok",
    database: database.kind,
    current_revision: joined(status.current),
    head: joined(status.heads),
    pending: status.pending,
  };
}

function joined(revisions: readonly string[]): string | null {
  return revisions.length === 0 ? null : revisions.join(", ");
}

/** A prober does not wait for as long as a lost network connection takes to be noticed. */
async function inTime<Result>(answer: Promise<Result>): Promise<Result | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, patienceMs, undefined);
  });
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}
