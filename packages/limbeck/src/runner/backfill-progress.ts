import { createHash } from "node:crypto";
import type { Session } from "../database/session.ts";
import type { Backfill } from "../operations/backfill.ts";
import type { KeysetOptions } from "../operations/language/keyset.ts";
import { quote } from "../operations/language/literals.ts";
import { historySql, isRunningSql, type StepRecord } from "./history.ts";
import type { VersionTable } from "./version-table.ts";

/** How far a backfill has come, as the history keeps it: written in the transaction of the batch itself. */
export interface BackfillState {
  /** SHA-256 of what is set, where, to tell on resuming that it is still the same. */
  readonly fingerprint: string;
  /** The columns of the index that it walks along. */
  readonly key: readonly string[];
  /** The pass over the table that is under way, counted from 1. */
  readonly pass: number;
  /** The last key that is done in this pass; null at its beginning. */
  readonly after: readonly string[] | null;
  /** The rows seen in this pass, about. */
  readonly seen: number;
  /** The rows changed in all, in this pass, and in the one before; null in the first pass. */
  readonly changed: number;
  readonly changedInPass: number;
  readonly changedBefore: number | null;
  /** The rows changed for which the condition held afterwards as well. */
  readonly again: number;
  /** How long the last batch took on the server, whatever the way there takes. */
  readonly workMs?: number;
}

const COLUMN = "progress_backfill";

/** For how long the server has been at work on the message that it answers, in milliseconds. */
export const WORK_MS = "extract(epoch FROM clock_timestamp() - statement_timestamp())::float8 * 1000";

/** What the keyset of a backfill is asked for. */
export function walkOf({ table, schema, key, set }: Backfill): KeysetOptions {
  return { table, schema, key, changing: Object.keys(set) };
}

/** What a state belongs to, by the one statement that the batches come to. */
export function fingerprintOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** Reads the state of the step's backfill; undefined when none is under way. */
export async function readBackfillState(
  session: Session,
  table: VersionTable,
  step: StepRecord,
): Promise<BackfillState | undefined> {
  const [row] = await session.query<{ state: BackfillState | null }>(
    `SELECT ${COLUMN} AS state FROM ${historySql(table)} WHERE ${isRunningSql(step)}`,
  );
  return row?.state ?? undefined;
}

export function writeStateSql(table: VersionTable, step: StepRecord, state: BackfillState): string {
  return noteStateSql(table, step, stateSql(state));
}

/** The same of a state that is an expression of SQL, of type jsonb. */
export function noteStateSql(table: VersionTable, step: StepRecord, state: string): string {
  return `UPDATE ${historySql(table)} SET ${COLUMN} = ${state} WHERE ${isRunningSql(step)}`;
}

/**
 * Runs a batch and writes the state after it, its counts added, with one statement. Without the row of the history it
 * fails, by a division by zero: a batch that nobody noted would be run twice.
 */
export function batchSql(table: VersionTable, step: StepRecord, changed: string, after: BackfillState): string {
  const counted = after.after === null ? "changedBefore" : "changedInPass";
  const counts = [
    `'changed', ${after.changed} + counted.rows`,
    `'${counted}', ${after[counted] ?? 0} + counted.rows`,
    `'again', ${after.again} + counted.again`,
    `'workMs', ${WORK_MS}`,
  ];
  return `WITH ${changed}, counted AS (
  SELECT count(*) AS rows, count(*) FILTER (WHERE still) AS again FROM changed
), noted AS (
  UPDATE ${historySql(table)} SET ${COLUMN} = ${stateSql(after)} || jsonb_build_object(${counts.join(", ")})
  FROM counted WHERE ${isRunningSql(step)} RETURNING 1
)
SELECT 1 / count(*) FROM noted`;
}

function stateSql(state: BackfillState): string {
  return `${quote(JSON.stringify(state))}::jsonb`;
}
