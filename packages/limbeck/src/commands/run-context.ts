import type { Session } from "../database/session.ts";
import type { RunContext } from "../runner/run-context.ts";
import type { RevisionGraph } from "../revisions/graph.ts";
import type { RevisionFile } from "../scripts/revision-file.ts";
import type { Context } from "./context.ts";

/** What the runner needs of a command's context, for its own session or for another one. */
export async function runContext(
  context: Context,
  graph: RevisionGraph<RevisionFile>,
  session?: Session,
): Promise<RunContext> {
  const { config, authoring, listener, who, signal } = context;
  return {
    session: session ?? (await context.session()),
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
