import type { Traces } from "../proof/trace-steps.ts";
import type { RevisionGraph } from "../revisions/graph.ts";
import type { Step } from "../revisions/revision.ts";
import type { RevisionFile } from "../scripts/revision-file.ts";
import { besideLive } from "./beside-live.ts";
import type { Context } from "./context.ts";
import { runContext } from "./run-context.ts";

export interface TracedRange {
  /** Steps each of which meets what those before it made as something in use. */
  readonly apart: readonly Step[];
  /** Steps that are one run. */
  readonly run: readonly Step[];
  /** The server to make the scratch database on. */
  readonly on: string | undefined;
}

/** Runs the steps, and those below them, in a scratch database, and looks at what each statement does. */
export async function traceLinted(
  context: Context,
  graph: RevisionGraph<RevisionFile>,
  { apart, run, on }: TracedRange,
): Promise<Traces> {
  const together = new Set(run.map(({ revision }) => revision));
  const traced = new Set([...apart.map(({ revision }) => revision), ...together]);
  const plan = graph.size === 0 ? [] : graph.plan("upgrade", "heads", []).steps.map(({ revision }) => revision);
  const order = plan.slice(0, plan.findLastIndex((revision) => traced.has(revision)) + 1);
  if (order.length === 0) return { steps: new Map(), stopped: undefined };
  const [{ traceSteps }, { openSession }] = await Promise.all([
    import("../proof/trace-steps.ts"),
    import("../database/open.ts"),
  ]);
  const contextFor = async (session: Parameters<typeof runContext>[2]): ReturnType<typeof runContext> => ({
    ...(await runContext(context, graph, session)),
    listener: () => undefined,
  });
  const { folder, env } = context.config;
  return await besideLive(context, async (live) => {
    const server = on === undefined ? undefined : await openSession(on, folder, env);
    try {
      return await traceSteps({ live, on: server, contextFor, order, traced, together });
    } finally {
      await server?.close();
    }
  });
}
