import { resolve } from "node:path";
import type { RevisionGraph } from "../revisions/graph.ts";
import type { RevisionTest } from "../proof/round-trip.ts";
import type { RevisionFile } from "../scripts/revision-file.ts";
import type { Session } from "../database/session.ts";
import type { Schema } from "../schema/fact.ts";
import type { Context } from "./context.ts";
import { runContext } from "./run-context.ts";
import { besideLive } from "./beside-live.ts";

export type { RevisionTest };

export interface TestOptions {
  /** Hears of each revision when it is tested. */
  readonly onTest?: (test: RevisionTest) => void;
  /** A folder of rows for the revisions, instead of the configuration's. Counts from the working folder. */
  readonly seeds?: string | undefined;
}

export interface TestResult {
  /** Whether every revision passed, there is one head, and it is as the target schema says. */
  readonly ok: boolean;
  /** In the order in which they run. */
  readonly revisions: readonly RevisionTest[];
  /** Those that could not be tested, because one below them cannot be applied. */
  readonly notTested: readonly string[];
  readonly heads: { readonly ok: boolean; readonly heads: readonly string[] };
  /** How the schema at the heads differs from the target schema. */
  readonly model:
    | { readonly ok: boolean; readonly differences: readonly string[] }
    | { readonly ok: true; readonly notCompared: "no target schema" | "not at the head" };
}

/**
 * The rollback test: takes each revision of a range, all if none is given, up, down and up again on scratch databases,
 * and compares the catalogs and the rows. The database of the configuration is not touched.
 */
export async function test(context: Context, range?: string, options: TestOptions = {}): Promise<TestResult> {
  const graph = context.graph();
  const { onTest, seeds } = options;
  const plan = graph.size === 0 ? [] : graph.plan("upgrade", "heads", []).steps.map(({ revision }) => revision);
  const tested = new Set(range === undefined ? plan : graph.history(range).map(({ revision }) => revision));
  const order = plan.slice(0, plan.findLastIndex((revision) => tested.has(revision)) + 1);
  const { testRollbacks } = await import("../proof/rollback-test.ts");
  return await besideLive(context, async (live) => {
    const { revisions, notTested, head } = await testRollbacks({
      live,
      contextFor: async (session) => ({ ...(await runContext(context, graph, session)), listener: () => undefined }),
      order,
      tested,
      exclude: context.config.exclude,
      seeds: seeds === undefined ? context.config.seeds : resolve(context.cwd, seeds),
      ...(onTest === undefined ? {} : { onTest }),
    });
    const heads = headsOf(graph);
    const model = await modelOf(context, live, order.length === plan.length ? head : undefined);
    const ok = heads.ok && model.ok && notTested.length === 0 && revisions.every((each) => each.ok);
    return { ok, revisions, notTested, heads, model };
  });
}

function headsOf(graph: RevisionGraph<RevisionFile>): TestResult["heads"] {
  const heads = graph.heads();
  return { ok: heads.length <= 1, heads };
}

async function modelOf(
  { config, authoring }: Context,
  session: Session,
  head: Schema | undefined,
): Promise<TestResult["model"]> {
  if (config.schema.length === 0) return { ok: true, notCompared: "no target schema" };
  if (head === undefined) return { ok: true, notCompared: "not at the head" };
  const [{ withTargetSchema }, { compareSchemas }, { HISTORY_TABLE }] = await Promise.all([
    import("../sources/read-target.ts"),
    import("../schema/compare.ts"),
    import("../runner/history-table.ts"),
  ]);
  const { folder, env, exclude, versionTable } = config;
  const ignore = [versionTable, { schema: versionTable.schema, name: HISTORY_TABLE }];
  const about = { folder, session, env, authoring, exclude, ignore };
  const found = await withTargetSchema(config.schema, about, (target) => Promise.resolve(compareSchemas(head, target)));
  const differences = found.map(({ message }) => message);
  return { ok: differences.length === 0, differences };
}
