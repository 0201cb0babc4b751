import type * as Api from "@opentelemetry/api";
import type { Attributes, Context, Span, Tracer } from "@opentelemetry/api";
import type { DatabasePlace } from "../database/place.ts";
import type { LimbeckErrorJson } from "../errors/limbeck-error.ts";
import type { RunEvent, RunListener, StepInfo } from "./events.ts";

/** OpenTelemetry's view of runs: a span for each, and one in it for each step. */
export interface Spans {
  /** Hears one run. */
  listener(): RunListener;
  /** Hands over what is ended, within a time: a command's process ends before an exporter's next turn. */
  flush(withinMs: number): Promise<void>;
}

/**
 * Spans for whoever has registered a tracer provider; undefined when nobody has, which costs nothing. All copies of
 * the API of one major version share what is registered, under this symbol.
 */
export async function openSpans(version: string): Promise<Spans | undefined> {
  const registered = (globalThis as Record<symbol, unknown>)[Symbol.for("opentelemetry.js.api.1")];
  if ((registered as { trace?: unknown } | undefined)?.trace === undefined) return undefined;
  const api = await import("@opentelemetry/api").catch(() => undefined);
  if (api === undefined) return undefined;
  const tracer = api.trace.getTracer("limbeck", version);
  return { listener: () => runSpans(api, tracer), flush: (withinMs) => flush(api, withinMs) };
}

async function flush(api: typeof Api, withinMs: number): Promise<void> {
  const proxy = api.trace.getTracerProvider() as { getDelegate?(): object };
  const provider = (proxy.getDelegate?.() ?? proxy) as { forceFlush?(): Promise<void> };
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<void>((resolve) => (timer = setTimeout(resolve, withinMs)));
  await Promise.race([provider.forceFlush?.().catch(() => undefined), patience]);
  clearTimeout(timer);
}

function runSpans(api: typeof Api, tracer: Tracer): RunListener {
  const parent = api.context.active();
  let database: Attributes = {};
  let run: Span | undefined;
  let step: Span | undefined;
  const start = (name: string, attributes: Attributes, within: Context): Span =>
    tracer.startSpan(name, { kind: api.SpanKind.CLIENT, attributes: { ...attributes, ...database } }, within);
  const end = (span: Span | undefined, error?: LimbeckErrorJson): undefined => {
    if (error !== undefined) {
      span?.setAttributes(errorAttributes(error));
      span?.setStatus({ code: api.SpanStatusCode.ERROR, message: error.message });
    }
    span?.end();
  };
  const startStep = (info: StepInfo, resumed: number): void => {
    const attributes = {
      "db.operation.name": info.direction,
      "limbeck.revision": info.revision,
      "limbeck.direction": info.direction,
      ...(resumed === 0 ? {} : { "limbeck.statements_done_before": resumed }),
    };
    const within = run === undefined ? parent : api.trace.setSpan(parent, run);
    step = start(`${info.direction} ${info.revision}`, attributes, within);
  };
  return (event) => {
    switch (event.type) {
      case "runStart":
        run = start(`limbeck ${event.direction}`, runAttributes(event), parent);
        return;
      case "connected":
        database = databaseAttributes(event);
        run?.setAttributes(database);
        return;
      case "plan":
        run?.setAttribute("limbeck.steps", event.steps.length);
        return;
      case "wait":
        run?.addEvent("wait", { "limbeck.wait.for": event.for, "limbeck.wait.held_by": event.heldBy });
        return;
      case "finding":
        run?.addEvent("finding", { "limbeck.lint.rule": event.rule, "limbeck.lint.message": event.message });
        return;
      case "stepStart":
        return startStep(event.step, 0);
      case "stepResume":
        return startStep(event.step, event.done);
      case "retry":
        step?.addEvent("retry", { "limbeck.retry.attempt": event.attempt, "limbeck.retry.reason": event.reason });
        return;
      case "stepEnd":
        step = end(step);
        return;
      case "runEnd":
        run = end(run);
        return;
      case "runFailed":
        step = end(step, event.error);
        run = end(run, event.error);
        return;
      case "backfill":
        if (event.progress.done) {
          const { table, changed } = event.progress;
          step?.addEvent("backfill", { "limbeck.backfill.table": table, "limbeck.backfill.changed": changed });
        }
        return;
      case "backupEnd":
        run?.addEvent("backup", { "limbeck.backup.file": event.file, "limbeck.backup.bytes": event.bytes });
        return;
      case "backupStart":
      case "restoreStart":
      case "statement":
    }
  };
}

function runAttributes({ direction, target, dryRun }: Extract<RunEvent, { type: "runStart" }>): Attributes {
  return {
    "db.system.name": "postgresql",
    "db.operation.name": direction,
    "limbeck.direction": direction,
    "limbeck.target": target,
    ...(dryRun ? { "limbeck.dry_run": true } : {}),
  };
}

/** By the semantic conventions for database client spans, stable since version 1.33. */
function databaseAttributes({ name, address, port }: DatabasePlace): Attributes {
  return {
    "db.system.name": "postgresql",
    ...(name === undefined ? {} : { "db.namespace": name }),
    ...(address === undefined ? {} : { "server.address": address }),
    ...(port === undefined ? {} : { "server.port": port }),
  };
}

function errorAttributes({ code, details }: LimbeckErrorJson): Attributes {
  const sqlstate = details?.["sqlstate"];
  return { "error.type": code, ...(typeof sqlstate === "string" ? { "db.response.status_code": sqlstate } : {}) };
}
