import { withScratchDatabase } from "../database/scratch.ts";
import type { Session } from "../database/session.ts";
import { isLimbeckError } from "../errors/limbeck-error.ts";
import { reported } from "../errors/reported.ts";
import type { Catalog } from "../lint/catalog.ts";
import type { LintedStatement } from "../lint/lint.ts";
import type { Measurement } from "../lint/measurement.ts";
import { qualified } from "../operations/language/identifiers.ts";
import { milliseconds } from "../runner/clock.ts";
import { HISTORY_TABLE } from "../runner/history-table.ts";
import type { RunContext } from "../runner/run-context.ts";
import { withSingleSteps, type RunStep } from "../runner/single-steps.ts";
import { catalogOf } from "./lint-sql.ts";
import { MeasuringSession } from "./measuring-session.ts";
import { takeSnapshot } from "./relation-snapshot.ts";
import { seedRows } from "./seed-rows.ts";
import { stepStatements, type StepStatements } from "./step-statements.ts";

export interface TraceInput {
  /** Beside which the scratch database is made. */
  readonly live: Session;
  /** The server to make it on, if that is another one. */
  readonly on: Session | undefined;
  /** What a run needs, on a session of the caller's choice. */
  readonly contextFor: (session: Session) => Promise<RunContext>;
  /** The revisions from the first that is needed to the last that is traced, in the order in which they run. */
  readonly order: readonly string[];
  readonly traced: ReadonlySet<string>;
  /** Those that are one run: what one of them makes, nobody uses yet when the next one changes it. */
  readonly together: ReadonlySet<string>;
}

/** What a step was seen to do. */
export interface TracedStep extends StepStatements {
  readonly measured: ReadonlyMap<LintedStatement, Measurement>;
  /** The catalogs of the scratch database before it. */
  readonly catalog: Catalog;
  readonly durationMs: number;
}

export interface Traces {
  readonly steps: ReadonlyMap<string, TracedStep>;
  /** The revision that cannot be run in a scratch database, beyond which nothing was traced, and why. */
  readonly stopped: { readonly revision: string; readonly reason: string } | undefined;
}

/**
 * Runs revisions in a scratch database as the runner does, and looks before and after each statement: which locks it took,
 * what it wrote anew, what it read as a whole. Every table has rows, as far as that is easy.
 */
export async function traceSteps({ live, on, ...input }: TraceInput): Promise<Traces> {
  return await withScratchDatabase(live, async (scratch) => await traceIn(scratch, input), on ?? live);
}

async function traceIn(scratch: Session, input: Omit<TraceInput, "live" | "on">): Promise<Traces> {
  const measuring = new MeasuringSession(scratch);
  const context = await input.contextFor(measuring.session);
  const { schema } = context.table;
  if (schema !== "public") await scratch.script([`CREATE SCHEMA IF NOT EXISTS ${qualified(undefined, schema)}`]);
  return await withSingleSteps(context, input.order, async (run) => {
    const tracer = new Tracer({ context, scratch, measuring, run, input });
    for (const revision of input.order) {
      context.signal?.throwIfAborted();
      const reason = await tracer.climb(revision);
      if (reason !== undefined) return { steps: tracer.steps, stopped: { revision, reason } };
    }
    return { steps: tracer.steps, stopped: undefined };
  });
}

interface TracerInput {
  readonly context: RunContext;
  readonly scratch: Session;
  readonly measuring: MeasuringSession;
  readonly run: RunStep;
  readonly input: Pick<TraceInput, "traced" | "together">;
}

class Tracer {
  readonly steps = new Map<string, TracedStep>();
  readonly #given: TracerInput;
  #existing: ReadonlySet<string> | undefined;
  #generated: readonly string[] = [];

  constructor(given: TracerInput) {
    this.#given = given;
  }

  /** Runs a revision, measured if it is one that is asked about. Gives the reason why it cannot be run. */
  async climb(revision: string): Promise<string | undefined> {
    const { traced } = this.#given.input;
    try {
      if (traced.has(revision)) await this.#trace(revision);
      else await this.#run(revision, this.#given.run);
      return undefined;
    } catch (error) {
      if (isLimbeckError(error) && error.code !== "INTERRUPTED") return reported(error).message;
      throw error;
    }
  }

  async #trace(revision: string): Promise<void> {
    const { context, scratch, measuring, run, input } = this.#given;
    const { table } = context;
    await this.#seed([qualified(table.schema, table.name), qualified(table.schema, HISTORY_TABLE)]);
    const started = milliseconds();
    if (!input.together.has(revision)) this.#existing = undefined;
    const existing = (this.#existing ??= await relationsOf(scratch));
    const step = { direction: "upgrade", revision } as const;
    const looked = await stepStatements({ ...context, session: scratch }, step, true);
    const catalog = { ...(await catalogOf(looked.statements, scratch)), isReplayed: true };
    const found = new Map<LintedStatement, Measurement>();
    await this.#run(revision, (one) =>
      measuring.measure({ statements: looked.statements, existing, found }, () => run(one)),
    );
    const { statements, unseen } = looked;
    this.steps.set(revision, { statements, unseen, measured: found, catalog, durationMs: milliseconds() - started });
  }

  /** A step that fails on rows of ours is run without them: nobody promised to take them. */
  async #run(revision: string, run: RunStep): Promise<void> {
    const step = { direction: "upgrade", revision } as const;
    try {
      await run(step);
    } catch (error) {
      if (!isLimbeckError(error) || error.code === "INTERRUPTED" || this.#generated.length === 0) throw error;
      await this.#given.scratch.script([`TRUNCATE ${this.#generated.join(", ")} CASCADE`]);
      this.#generated = [];
      await run(step);
    }
  }

  /** Rows for the tables that have none; for those that are there no more, nobody asks. */
  async #seed(without: readonly string[]): Promise<void> {
    const { scratch } = this.#given;
    const filled = await seedRows(scratch, without);
    const rows = await scratch.query<{ name: string }>(
      "select name from unnest($1::text[]) given(name) where to_regclass(name) is not null",
      [[...new Set([...this.#generated, ...filled])]],
    );
    this.#generated = rows.map(({ name }) => name);
  }
}

async function relationsOf(scratch: Session): Promise<ReadonlySet<string>> {
  return new Set(Object.keys((await takeSnapshot(scratch)).relations));
}
