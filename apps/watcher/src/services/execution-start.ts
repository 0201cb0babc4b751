import { createHash } from "node:crypto";
import { sqlState, type Database } from "../store/database.ts";
import { canonicalJson } from "./json.ts";
import { pipelineNotFound } from "./pipelines.ts";
import { Refusal } from "./refusal.ts";

/** The start of an execution. Ids are decimal text, moments are in UTC. */
export interface ExecutionStart {
  readonly pipeline_id: string;
  readonly parent_id?: string | null;
  /** Now, when it is left out. */
  readonly start_date?: string | null;
  readonly watermark?: string | null;
  readonly next_watermark?: string | null;
}

/** How a start that is sent again is known. */
export interface Retries {
  /** What the client calls this start, if it calls it anything. */
  readonly idempotencyKey?: string | undefined;
  /** How long the same body, with the same start to the microsecond, is the same start. Zero for never. */
  readonly windowSeconds: number;
}

export interface StartedExecution {
  readonly id: number;
}

/**
 * Records that an execution began, and gives its id. A start that is sent again, since its answer was lost, gives the
 * execution that the first one made.
 */
export function startExecution(
  database: Database,
  start: ExecutionStart,
  { idempotencyKey, windowSeconds }: Retries,
): Promise<StartedExecution> {
  if (idempotencyKey !== undefined) {
    const hash = sha256(`key ${idempotencyKey}`);
    return startOnce(database, start, { hash, named: true, windowSeconds: longestRetry });
  }
  if (isExactlyNow(start, windowSeconds)) {
    return startOnce(database, start, { hash: sha256(`body ${canonicalJson(start)}`), named: false, windowSeconds });
  }
  return insertStart(database, start, undefined);
}

/** Keys are forgotten after a day, by the cleanup. */
const longestRetry = 86_400;

/**
 * Clients that stamp a start themselves, to the microsecond, send the same stamp again when they retry, and never for
 * another execution. Nothing is known of a start without a stamp, with a rounded one, or with one of another day.
 */
function isExactlyNow({ start_date: moment }: ExecutionStart, windowSeconds: number): boolean {
  if (moment === undefined || moment === null || windowSeconds === 0 || moment.endsWith("000Z")) return false;
  return Math.abs(Date.now() - Date.parse(moment)) <= windowSeconds * 1000;
}

interface RetryKey {
  readonly hash: string;
  /** Whether the client chose the key. */
  readonly named: boolean;
  readonly windowSeconds: number;
}

async function startOnce(database: Database, start: ExecutionStart, key: RetryKey): Promise<StartedExecution> {
  const bodyHash = sha256(canonicalJson(start));
  for (;;) {
    const [known] = await database.query<StartedExecution & { body_hash: string; ended: boolean; expired: boolean }>(
      findStart,
      [key.hash, key.windowSeconds],
    );
    // Without a key of the client's own, what has ended was no start whose answer was lost.
    const isRetry = known !== undefined && !known.expired && (key.named || !known.ended);
    if (isRetry && known.body_hash !== bodyHash) {
      const message = "This Idempotency-Key was sent before, with another body";
      throw new Refusal("conflict", "IDEMPOTENCY_KEY_REUSED", message);
    }
    if (isRetry) return { id: known.id };
    if (known !== undefined) {
      await database.query("DELETE FROM start_request WHERE key_hash = $1 AND pipeline_execution_id = $2", [
        key.hash,
        known.id,
      ]);
    }
    const started = await insertStart(database, start, { hash: key.hash, bodyHash }).catch((error: unknown) => {
      // The same start, sent at the same time: it is found on the next turn.
      if (sqlState(error) === uniqueViolation) return undefined;
      throw error;
    });
    if (started !== undefined) return started;
  }
}

const uniqueViolation = "23505";

const findStart = `
  SELECT request.pipeline_execution_id AS id, request.body_hash, coalesce(execution.end_date IS NOT NULL, true) AS ended,
    request.created_at < now() - make_interval(secs => $2::double precision) AS expired
  FROM start_request AS request
  LEFT JOIN pipeline_execution AS execution ON execution.id = request.pipeline_execution_id
  WHERE request.key_hash = $1`;

async function insertStart(
  database: Database,
  start: ExecutionStart,
  key: { readonly hash: string; readonly bodyHash: string } | undefined,
): Promise<StartedExecution> {
  const values = [
    start.pipeline_id,
    start.parent_id ?? null,
    start.start_date ?? null,
    start.watermark ?? null,
    start.next_watermark ?? null,
  ];
  const [execution] =
    key === undefined
      ? await database.query<StartedExecution>(insertExecution, values)
      : await database.query<StartedExecution>(insertWithKey, [...values, key.hash, key.bodyHash]);
  if (execution !== undefined) return execution;

  const [pipeline] = await database.query("SELECT FROM pipeline WHERE id = $1::bigint", [start.pipeline_id]);
  if (pipeline === undefined) throw pipelineNotFound();
  throw new Refusal("not found", "PARENT_EXECUTION_NOT_FOUND", "Parent execution not found");
}

/** Gives no row when the pipeline or the parent is missing. */
const insertExecution = `
  WITH start AS (
    SELECT moment, moment AT TIME ZONE 'UTC' AS utc FROM (SELECT coalesce($3::timestamptz, now()) AS moment) AS given
  )
  INSERT INTO pipeline_execution
    (pipeline_id, parent_id, start_date, date_recorded, hour_recorded, watermark, next_watermark)
  SELECT pipeline.id, parent.id, start.moment, start.utc::date, extract(hour FROM start.utc), $4::varchar, $5::varchar
  FROM start
  JOIN pipeline ON pipeline.id = $1::bigint
  LEFT JOIN pipeline_execution AS parent ON parent.id = $2::bigint
  WHERE $2::bigint IS NULL OR parent.id IS NOT NULL
  RETURNING id`;

const insertWithKey = `
  WITH execution AS (${insertExecution}), request AS (
    INSERT INTO start_request (key_hash, body_hash, pipeline_execution_id)
    SELECT $6::varchar, $7::varchar, id FROM execution
  )
  SELECT id FROM execution`;

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("base64url");
}
