import type { Session } from "../../database/session.ts";
import type { PendingDemand } from "../pending-demands.ts";

/** What a check has to look at. */
export interface CheckInput {
  readonly session: Session;
  /** What revisions that are not applied demand of the rows. */
  readonly demands: readonly PendingDemand[];
  /** Whether an earlier run left a revision half done: the next one puts it right. */
  readonly isHalfDone: boolean;
  /** Look at this percentage of each table's pages only. */
  readonly samplePercent: number | undefined;
}

export interface CheckFinding {
  /** An error makes `verify` say no. */
  readonly severity: "error" | "warning";
  /** What it is about, as SQL names it. */
  readonly object: string;
  readonly message: string;
  /** How many rows, up to `MOST_COUNTED`; null where it is not about rows. */
  readonly rows: number | null;
}

/** A count that the database has yet to make. It is no finding when it is 0. */
export interface Probe {
  readonly object: string;
  /** Gives one row with the integer `n`. Counts no further than it has to. */
  readonly sql: string;
  readonly finding: (n: number) => Pick<CheckFinding, "severity" | "message">;
  /** Its SQL is somebody else's, and may need what is not there yet. What it is about, for people. */
  readonly asks?: string;
}

/** One question to a database. Writes nothing. */
export interface DataCheck {
  readonly name: string;
  look(input: CheckInput): Promise<readonly (CheckFinding | Probe)[]>;
}

/** Nobody needs to know how many more there are. */
export const MOST_COUNTED = 1000;

/** Counts the rows of a query, no further than has to be. */
export function countSql(from: string): string {
  return `SELECT count(*)::int AS n FROM (SELECT ${from} LIMIT ${MOST_COUNTED + 1}) AS found`;
}

/** The clause that reads a part of a table. */
export function sampleSql({ samplePercent }: CheckInput): string {
  return samplePercent === undefined ? "" : ` TABLESAMPLE SYSTEM (${samplePercent})`;
}

/** `1 row`, `17 rows`, `more than 1000 rows`. */
export function rowsText(n: number): string {
  if (n > MOST_COUNTED) return `more than ${MOST_COUNTED} rows`;
  return `${n} ${n === 1 ? "row" : "rows"}`;
}

/** The user's own schemas. */
export const USER_SCHEMA = "n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'";
