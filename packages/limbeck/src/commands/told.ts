import { placeOf } from "../database/place.ts";
import { queryError } from "../database/query-error.ts";
import { isLimbeckError } from "../errors/limbeck-error.ts";
import { reported } from "../errors/reported.ts";
import type { RevisionGraph } from "../revisions/graph.ts";
import type { Direction } from "../revisions/revision.ts";
import { toAll } from "../runner/events.ts";
import type { RunContext } from "../runner/run-context.ts";
import type { Webhook } from "../runner/webhook.ts";
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
  const [telemetry, webhook] = await Promise.all([context.telemetry(), openWebhook(context)]);
  const listener = toAll(context.listener, telemetry?.listener(), webhook?.hear);
  listener({ type: "runStart", ...asked });
  let graph: RevisionGraph<RevisionFile> | undefined;
  try {
    await context.connectAhead();
    graph = context.graph();
    listener({ type: "connected", ...placeOf(await context.session()) });
    const result = await work({ ...(await runContext(context, graph)), listener });
    const { heads } = result;
    const summary = { dryRun: asked.dryRun, heads, pending: pendingAt(graph, heads) };
    listener({ type: "runEnd", result: summary, durationMs: performance.now() - started });
    return result;
  } catch (cause) {
    const error = isLimbeckError(cause) ? cause : (queryError(cause, "looking at the database") ?? cause);
    const durationMs = performance.now() - started;
    const pending = graph === undefined ? undefined : await pendingNow(context, graph);
    listener({ type: "runFailed", error: reported(error).toJSON(), durationMs, pending });
    throw error;
  } finally {
    const untaken = await webhook?.send();
    if (untaken !== undefined) context.listener({ type: "warning", message: `the webhook took nothing: ${untaken}` });
  }
}

async function openWebhook({ config, who, now }: Context): Promise<Webhook | undefined> {
  const { webhook: url, environment } = config;
  if (url === undefined) return undefined;
  const { Webhook: Opened } = await import("../runner/webhook.ts");
  return new Opened({ url, environment, who, now });
}

function pendingAt(graph: RevisionGraph<RevisionFile>, heads: readonly string[]): number {
  return graph.size - graph.applied(heads).size;
}

/** How long a database that has just failed may take to say where it stands. */
const PATIENCE_MS = 2000;

/** How many revisions are not applied, if the database says so. */
async function pendingNow(context: Context, graph: RevisionGraph<RevisionFile>): Promise<number | undefined> {
  const { readState } = await import("../runner/version-table.ts");
  const asked = context
    .session()
    .then((session) => readState(session, context.config.versionTable))
    .then(({ rows }) => pendingAt(graph, rows))
    .catch(() => undefined);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => (timer = setTimeout(resolve, PATIENCE_MS, undefined)));
  return await Promise.race([asked, late]).finally(() => clearTimeout(timer));
}
