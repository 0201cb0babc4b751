import { placeOf } from "../database/place.ts";
import { queryError } from "../database/query-error.ts";
import { isLimbeckError } from "../errors/limbeck-error.ts";
import { reported } from "../errors/reported.ts";
import type { RevisionGraph } from "../revisions/graph.ts";
import type { Direction } from "../revisions/revision.ts";
import { toAll } from "../runner/events.ts";
import type { RunContext } from "../runner/run-context.ts";
import type { RevisionFile } from "../scripts/revision-file.ts";
import type { Context } from "./context.ts";
import { runContext } from "./run-context.ts";

/** What a run is asked for. */
export interface Asked {
  readonly direction: Direction;
  readonly target: string;
  /** Whether nothing of it is to stay. */
  readonly dryRun: boolean;
}

/** Does a run's work, and tells the listeners of its start, its place, and its end or failure. */
export async function told<T extends { readonly heads: readonly string[] }>(
  context: Context,
  asked: Asked,
  work: (context: RunContext) => Promise<T>,
): Promise<T> {
  const started = performance.now();
  const spans = await context.spans();
  const listener = toAll(context.listener, spans?.listener());
  listener({ type: "runStart", ...asked });
  try {
    context.connectAhead();
    const graph = context.graph();
    listener({ type: "connected", ...placeOf(await context.session()) });
    const result = await work({ ...(await runContext(context, graph)), listener });
    const { heads } = result;
    const summary = { dryRun: asked.dryRun, heads, pending: pendingAt(graph, heads) };
    listener({ type: "runEnd", result: summary, durationMs: performance.now() - started });
    return result;
  } catch (cause) {
    const error = isLimbeckError(cause) ? cause : (queryError(cause, "looking at the database") ?? cause);
    listener({ type: "runFailed", error: reported(error).toJSON(), durationMs: performance.now() - started });
    throw error;
  }
}

function pendingAt(graph: RevisionGraph<RevisionFile>, heads: readonly string[]): number {
  return graph.size - graph.applied(heads).size;
}
