import { withScratchDatabase } from "../database/scratch.ts";
import type { Session } from "../database/session.ts";
import { qualified } from "../operations/language/identifiers.ts";
import type { RunContext } from "../runner/run-context.ts";
import { withSingleSteps } from "../runner/single-steps.ts";
import type { Exclusion } from "../schema/exclude.ts";
import type { Schema } from "../schema/fact.ts";
import { HISTORY_TABLE } from "../runner/history-table.ts";
import { RoundTrip, type RevisionTest } from "./round-trip.ts";
import { findUserScripts } from "./user-script.ts";
import { basename } from "node:path";

export interface RollbackTestInput {
  /** Beside which the scratch databases are made. */
  readonly live: Session;
  /** What a run needs, on a session of the caller's choice. */
  readonly contextFor: (session: Session) => Promise<RunContext>;
  /** The revisions from the first that is needed to the last that is tested, in the order in which they run. */
  readonly order: readonly string[];
  readonly tested: ReadonlySet<string>;
  readonly exclude: readonly string[];
  readonly seeds: string;
  /** Hears of each revision when it is tested. */
  readonly onTest?: (test: RevisionTest) => void;
}

export interface RollbackTests {
  readonly revisions: readonly RevisionTest[];
  /** Those that could not be tested, because one below them cannot be applied. */
  readonly notTested: readonly string[];
  /** The schema that the revisions lead to; undefined when they do not get that far. */
  readonly head: Schema | undefined;
}

/**
 * Takes each revision up, down and up again, in an order in which they can run, on a scratch database that grows with
 * them. What a faulty downgrade leaves behind must not harm the revisions above: they get a new database.
 */
export async function testRollbacks(input: RollbackTestInput): Promise<RollbackTests> {
  const revisions: RevisionTest[] = [];
  for (let next = 0; ;) {
    const part = await withScratchDatabase(input.live, (scratch) => testFrom(input, scratch, next, revisions));
    if (part.kind === "end") return { revisions, notTested: [], head: part.head };
    if (part.kind === "blocked") return { revisions, notTested: notYet(input, revisions), head: undefined };
    next = part.next;
  }
}

type Part =
  | { readonly kind: "end"; readonly head: Schema }
  | { readonly kind: "again"; readonly next: number }
  | { readonly kind: "blocked" };

async function testFrom(input: RollbackTestInput, scratch: Session, from: number, out: RevisionTest[]): Promise<Part> {
  const context = await input.contextFor(scratch);
  const { table, graph } = context;
  const own = [qualified(table.schema, table.name), qualified(table.schema, HISTORY_TABLE)];
  const exclusion: Exclusion = {
    exclude: input.exclude,
    ignore: [table, { schema: table.schema, name: HISTORY_TABLE }],
  };
  if (table.schema !== "public")
    await scratch.script([`CREATE SCHEMA IF NOT EXISTS ${qualified(undefined, table.schema)}`]);
  const scripts = findUserScripts(input.seeds);
  const seedsOf = (revision: string): string[] =>
    scripts.filter((path) => new RegExp(`^${escaped(revision)}(?![0-9A-Za-z])`).test(basename(path)));
  return await withSingleSteps(context, input.order, async (run) => {
    const trip = new RoundTrip({ context, run, exclusion, own, seedsOf });
    for (const [index, id] of input.order.entries()) {
      const revision = graph.get(id)!;
      if (index < from || !input.tested.has(id)) {
        try {
          await trip.climb(id);
        } catch (error) {
          if (index < from) return { kind: "blocked" };
          throw error;
        }
        continue;
      }
      const { test, canGoOn } = await trip.test(revision);
      out.push(test);
      input.onTest?.(test);
      context.signal?.throwIfAborted();
      if (!canGoOn) return { kind: "again", next: index + 1 };
    }
    return { kind: "end", head: await trip.schema() };
  });
}

function notYet({ order, tested }: RollbackTestInput, revisions: readonly RevisionTest[]): string[] {
  const done = new Set(revisions.map(({ revision }) => revision));
  return order.filter((id) => tested.has(id) && !done.has(id));
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}
