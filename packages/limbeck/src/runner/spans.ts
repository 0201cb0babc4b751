import type * as Api from "@opentelemetry/api";
import type { Attributes, Context, Span } from "@opentelemetry/api";
import type { DatabasePlace } from "../database/place.ts";
import type { LimbeckErrorJson } from "../errors/limbeck-error.ts";
import type { RunEvent, RunListener, StepInfo } from "./events.ts";

/** A span for a run, and one in it for each step. */
export function runSpans(api: typeof Api, version: string): RunListener {
  const tracer = api.trace.getTracer("limbeck", version);
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
      case "warning":
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
export function databaseAttributes({ name, address, port }: DatabasePlace): Attributes {
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
