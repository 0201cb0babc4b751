import { setTimeout as sleep } from "node:timers/promises";
import type { Location } from "../errors/limbeck-error.ts";
import { describeBlockers } from "../database/blockers.ts";
import { isPostgresError, ScriptError } from "../database/session.ts";
import type { Backfill } from "../operations/backfill.ts";
import { batchLimits, changedSql, MOST_PASSES, WALK_SETTINGS, walkSql } from "../operations/language/batch.ts";
import { qualified } from "../operations/language/identifiers.ts";
import { keysetSql, type Keyset } from "../operations/language/keyset.ts";
import { quote } from "../operations/language/literals.ts";
import { filled, formatted } from "../operations/language/template.ts";
import { backfillChanged, backfillUnfinished, needsKey } from "./backfill-error.ts";
import {
  batchSql,
  fingerprintOf,
  readBackfillState,
  walkOf,
  WORK_MS,
  writeStateSql,
  type BackfillState,
} from "./backfill-progress.ts";
import { BackfillMeter, type BackfillProgress } from "./backfill-meter.ts";
import { BatchSize } from "./batch-size.ts";
import { milliseconds } from "./clock.ts";
import type { StepRecord } from "./history.ts";
import { TRANSIENT_SQLSTATES } from "./lock-policy.ts";
import { ReplicaLag } from "./replica-lag.ts";
import type { BatchChannel } from "./step-sender.ts";
import type { VersionTable } from "./version-table.ts";

export interface BackfillInput extends BatchChannel {
  readonly table: VersionTable;
  /** The step that it belongs to, which the history says is running. */
  readonly record: StepRecord;
  readonly operation: Backfill;
  /** The one statement that the batches come to. */
  readonly text: string;
  /** Where the author wrote it. */
  readonly where: () => Location | undefined;
  readonly signal: AbortSignal | undefined;
  readonly tell: (progress: BackfillProgress) => void;
}

/**
 * Changes a table's rows batch by batch, from where an earlier run was cut off. Throws BACKFILL_NEEDS_KEY,
 * BACKFILL_UNFINISHED, STEP_CHANGED, and what a batch fails with.
 */
export async function runBackfill(input: BackfillInput): Promise<void> {
  const { session, table, record, operation } = input;
  const fingerprint = fingerprintOf(input.text);
  const resumed = await readBackfillState(session, table, record);
  if (resumed !== undefined && resumed.fingerprint !== fingerprint)
    throw backfillChanged(operation, resumed, input.where());
  const walk = { ...walkOf(operation), ...(resumed === undefined ? {} : { key: resumed.key }) };
  const [keyset] = await session.query<Keyset>(keysetSql(walk));
  if (keyset === undefined) throw needsKey(operation, input.where());
  const meter = new BackfillMeter(qualified(operation.schema, operation.table), await estimate(input), input.tell);
  await new Batches(input, keyset, meter, resumed ?? beginning(fingerprint, keyset)).run();
}

/** What the planner expects to find, which looks at the table's size even where statistics are missing. */
async function estimate({ session, operation: { schema, table } }: BackfillInput): Promise<number> {
  const [row] = await session.query<{ "QUERY PLAN": [{ Plan: { "Plan Rows": number } }] }>(
    `EXPLAIN (FORMAT JSON) SELECT FROM ${qualified(schema, table)}`,
  );
  return row!["QUERY PLAN"][0].Plan["Plan Rows"];
}

function beginning(fingerprint: string, { key }: Keyset): BackfillState {
  const counts = { changed: 0, changedInPass: 0, changedBefore: null, again: 0 };
  return { fingerprint, key, pass: 1, after: null, seen: 0, ...counts };
}

const FIRST_ROWS = 500;
const FIRST_SCAN = 10_000;

/** Of a batch's time, what goes into finding where it ends. */
const WALK_SHARE = 0.25;

const LONGEST_PAUSE_MS = 2000;
const LAG_CHECK_MS = 1000;

const CANCELED = "57014";

class Batches {
  readonly #input: BackfillInput;
  readonly #keyset: Keyset;
  readonly #meter: BackfillMeter;
  readonly #limits;
  readonly #rows: BatchSize;
  readonly #scan: BatchSize;
  readonly #lag: ReplicaLag;
  #state: BackfillState;
  #lagCheckedAt = -Infinity;

  constructor(input: BackfillInput, keyset: Keyset, meter: BackfillMeter, state: BackfillState) {
    this.#input = input;
    this.#keyset = keyset;
    this.#meter = meter;
    this.#state = state;
    this.#limits = batchLimits(input.operation.batch);
    this.#rows = new BatchSize(FIRST_ROWS, this.#limits.rows, this.#limits.timeMs);
    this.#scan = new BatchSize(FIRST_SCAN, Infinity, this.#limits.timeMs * WALK_SHARE);
    this.#lag = new ReplicaLag(input.session);
  }

  async run(): Promise<void> {
    const { table, record, send, operation, where } = this.#input;
    if (this.#state.after === null && this.#state.pass === 1) await send([writeStateSql(table, record, this.#state)]);
    const lastPass = this.#state.pass + MOST_PASSES - 1;
    while (!this.#isDone()) {
      if (this.#state.pass > lastPass) throw backfillUnfinished(operation, this.#state, where());
      await this.#waitForReplicas();
      const batchMs = await this.#batch();
      this.#meter.tell(this.#state);
      await this.#rest(this.#limits.pauseMs ?? batchMs / 10);
    }
    this.#meter.end(this.#state);
  }

  /** Without a condition, or with one that the change leaves true, a second pass would change the rows again. */
  #isDone(): boolean {
    const { changedBefore, again } = this.#state;
    if (changedBefore === null) return false;
    return this.#input.operation.where === undefined || again > 0 || changedBefore === 0;
  }

  /** One batch, in as many attempts as its locks take. Gives the time in which it held rows. */
  async #batch(): Promise<number> {
    const { session, signal, retryForMs, watch, blockers } = this.#input;
    const deadline = milliseconds() + retryForMs;
    let isBlocked = false;
    for (let pause = this.#limits.timeMs; ; pause = Math.min(pause * 1.5, LONGEST_PAUSE_MS)) {
      signal?.throwIfAborted();
      const began = milliseconds();
      try {
        const attempt = (): Promise<number> => this.#attempt();
        return await (isBlocked ? watch(attempt, lockMs(this.#limits.timeMs)) : attempt());
      } catch (error) {
        const now = milliseconds();
        if (signal?.aborted || now > deadline || !this.#isPassing(error, now - began)) throw error;
        await session.script(["ROLLBACK"]);
        this.#rows.halve();
        this.#scan.halve();
        isBlocked = true;
        const heldBy = blockers().length === 0 ? undefined : describeBlockers(blockers());
        this.#meter.tell(this.#state, { for: "locks", heldBy });
        await this.#rest(pause * (0.5 + Math.random()));
      }
    }
  }

  /** Whether the same batch, a smaller one rather, may succeed in a moment. */
  #isPassing(error: unknown, ms: number): boolean {
    const cause = error instanceof ScriptError ? error.cause : error;
    if (!isPostgresError(cause)) return false;
    return (
      Object.hasOwn(TRANSIENT_SQLSTATES, cause.code) ||
      (cause.code === CANCELED && this.#rows.rows > 1 && ms >= this.#limits.timeMs)
    );
  }

  async #attempt(): Promise<number> {
    const { session, send, table, record, operation } = this.#input;
    const { timeMs } = this.#limits;
    const [rows, scan, state] = [this.#rows.rows, this.#scan.rows, this.#state];
    const behind = state.after === null ? "true" : formatted(this.#keyset.behind, state.after, quote);
    await send(["BEGIN ISOLATION LEVEL READ COMMITTED", ...settings(timeMs, rows)]);
    const places = { behind, rows: String(rows), scan: String(scan) };
    const walk = filled(walkSql(operation), { ...places, ...pieces(this.#keyset) });
    const [end] = await session.query<End>(`SELECT *, ${WORK_MS} AS "workMs" FROM (${walk}) AS walked`);
    const walked = milliseconds();
    const next = stateAfter(state, end);
    if (end?.found === 0) {
      await send(["COMMIT"]);
      this.#state = next;
      this.#scan.took(end.workMs);
      return 0;
    }
    const upTo = end === undefined ? "true" : formatted(this.#keyset.upTo, end.upTo, quote);
    await send([batchSql(table, record, filled(changedSql(operation), { behind, upTo }), next), "COMMIT"]);
    const batchMs = milliseconds() - walked;
    this.#state = (await readBackfillState(session, table, record)) ?? next;
    const { workMs = batchMs } = this.#state;
    if (end !== undefined && end.seen >= scan) this.#scan.took(end.workMs);
    if ((end !== undefined && end.found >= rows) || workMs > timeMs) this.#rows.took(workMs);
    return batchMs;
  }

  /** Waits while a replica is further behind than it may be, however long. */
  async #waitForReplicas(): Promise<void> {
    const { session, signal } = this.#input;
    if (session.kind !== "server" || milliseconds() - this.#lagCheckedAt < LAG_CHECK_MS) return;
    for (;;) {
      this.#lagCheckedAt = milliseconds();
      const lagMs = await this.#lag.ms(this.#lagCheckedAt);
      if (lagMs <= this.#limits.maxLagMs) return;
      signal?.throwIfAborted();
      this.#meter.tell(this.#state, { for: "replica", lagMs });
      await this.#rest(LAG_CHECK_MS);
    }
  }

  async #rest(ms: number): Promise<void> {
    // What ends the rest early ends the run before the next batch.
    if (ms > 0) await sleep(ms, undefined, { signal: this.#input.signal }).catch(() => undefined);
  }
}

/** Where a batch ends; a table's last one has no end, so that it takes what was added meanwhile. */
interface End {
  readonly seen: number;
  readonly found: number;
  readonly upTo: readonly string[];
  readonly workMs: number;
}

function stateAfter(state: BackfillState, end: End | undefined): BackfillState {
  if (end !== undefined) return { ...state, after: end.upTo, seen: state.seen + end.seen };
  const { pass, changedInPass } = state;
  return { ...state, pass: pass + 1, after: null, seen: 0, changedInPass: 0, changedBefore: changedInPass };
}

function pieces({ texts, columns, order }: Keyset): Record<"texts" | "columns" | "order", string> {
  return { texts, columns, order };
}

/** How long a batch waits for a row, or for the table. */
function lockMs(timeMs: number): number {
  return Math.ceil(timeMs / 2);
}

/**
 * A batch gives up rather than to hold its rows longer than it may, except one of a single row, which cannot become
 * smaller. Rows that a policy would hide are an error, not left out (PostgreSQL manual, "row_security").
 */
function settings(timeMs: number, rows: number): string[] {
  return [
    `SET LOCAL lock_timeout = ${lockMs(timeMs)}`,
    `SET LOCAL statement_timeout = ${rows === 1 ? 0 : Math.ceil(timeMs * 1.4)}`,
    "SET LOCAL row_security = off",
    ...WALK_SETTINGS.map((name) => `SET LOCAL ${name} = off`),
  ];
}
