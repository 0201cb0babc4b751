import type { Backfill } from "../backfill.ts";
import { parseDuration, type Duration } from "./duration.ts";
import { checked } from "./fields.ts";
import { qualified } from "./identifiers.ts";
import { invalid } from "./invalid.ts";
import { slot, template, type Template } from "./template.ts";
import { assignmentsSql, whereSql } from "./update.ts";

/** How a backfill goes easy on the application. */
export interface BatchOptions {
  /** How long a batch holds its rows, at the most; "100ms" by default. How many rows that is, is found on the way. */
  readonly time?: Duration;
  /** How many rows a batch changes, at the most. */
  readonly rows?: number;
  /** How long it rests after each batch; a tenth of the batch's own time by default. */
  readonly pause?: Duration;
  /** How far a replica may be behind before the backfill waits for it; "5s" by default. */
  readonly maxLag?: Duration;
}

/** The same in milliseconds. */
export interface BatchLimits {
  readonly timeMs: number;
  readonly rows: number;
  /** Undefined: in proportion to the batch. */
  readonly pauseMs: number | undefined;
  readonly maxLagMs: number;
}

export function batchLimits({ time, rows, pause, maxLag }: BatchOptions = {}): BatchLimits {
  return {
    timeMs: parseDuration(time) ?? 100,
    rows: rows ?? Infinity,
    pauseMs: parseDuration(pause),
    maxLagMs: parseDuration(maxLag) ?? 5000,
  };
}

export function checkBatch(call: string, batch: BatchOptions = {}): void {
  checked(`The batch of ${call}`, batch, { time: true, rows: true, pause: true, maxLag: true });
  for (const name of ["time", "pause", "maxLag"] as const) {
    if (batch[name] === undefined || parseDuration(batch[name]) !== undefined) continue;
    throw invalid(`${call} was given ${JSON.stringify(batch[name])} as batch.${name}.`, 'Write it as "100ms" or "2s".');
  }
  if (parseDuration(batch.time) === 0) throw invalid(`${call} was given no time for a batch.`, 'Write it as "100ms".');
  if (batch.rows === undefined || (Number.isInteger(batch.rows) && batch.rows > 0)) return;
  throw invalid(`${call} was given ${String(batch.rows)} as batch.rows.`, "Pass a whole number of rows, 1 or more.");
}

/**
 * The query for where the next batch ends. It walks the index from the last key on, and stops at the row with which it
 * has found so many rows to change, or has seen so many at all: its answer is that row, or none at the table's end.
 */
export function walkSql({ table, schema, where }: Backfill): Template {
  return template`SELECT seen::float8, found::float8, ${slot("texts")} AS "upTo" FROM (
  SELECT ${slot("columns")}, count(*) OVER batch AS seen, count(*) FILTER (WHERE ${whereSql(where ?? "true")}) OVER batch AS found
  FROM ${qualified(schema, table)} WHERE ${slot("behind")}
  WINDOW batch AS (ORDER BY ${slot("order")} ROWS UNBOUNDED PRECEDING)
) AS walk WHERE found >= ${slot("rows")} OR seen >= ${slot("scan")} LIMIT 1`;
}

/** The batch itself, as a common table expression `changed`: of each row, whether the condition still holds for it. */
export function changedSql({ table, schema, set, where }: Backfill): Template {
  // In this form no index on the condition's own columns tempts the planner away from the key's.
  const matches = where === undefined ? "true" : `${whereSql(where)} IS TRUE`;
  return template`changed AS (
  UPDATE ${qualified(schema, table)} SET ${assignmentsSql(set)}
  WHERE ${slot("behind")} AND ${slot("upTo")} AND ${matches}
  RETURNING ${matches} AS still
)`;
}

/** What the planner must not do to a batch: read the table from its beginning, or sort what is left of it. */
export const WALK_SETTINGS = ["enable_seqscan", "enable_bitmapscan", "enable_sort", "jit"];

/** How many passes are made until one finds no row to change. */
export const MOST_PASSES = 10;
