import type { RunContext } from "../runner/run-context.ts";
import type { RevisionGraph } from "../revisions/graph.ts";
import type { RevisionFile } from "../scripts/revision-file.ts";
import type { Context } from "./context.ts";

/** What the runner needs of a command's context. */
export async function runContext(context: Context, graph: RevisionGraph<RevisionFile>): Promise<RunContext> {
  const { config, authoring, listener, who, signal } = context;
  return {
    session: await context.session(),
    table: config.versionTable,
    graph,
    authoring,
    listener,
    lockWaitMs: config.lock.waitMs,
    lock: config.lock,
    timeouts: config.timeouts,
    transaction: config.transaction,
    hooks: config.hooks,
    who,
    signal,
    arguments: context.arguments,
    namingConvention: config.namingConvention,
  };
}
