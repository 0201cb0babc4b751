import type * as Api from "@opentelemetry/api";
import type { Attributes } from "@opentelemetry/api";
import type { RunEvent, RunListener } from "./events.ts";
import { databaseAttributes } from "./spans.ts";

/** A run in OpenTelemetry's metrics. A dry one is not measured. */
export function runMeasures(api: typeof Api, version: string): RunListener {
  const meter = api.metrics.getMeter("limbeck", version);
  const runs = meter.createHistogram("limbeck.run.duration", { unit: "s", description: "How long runs took." });
  const steps = meter.createHistogram("limbeck.step.duration", { unit: "s", description: "How long steps took." });
  const retries = meter.createCounter("limbeck.step.retries", { description: "How often steps were tried again." });
  // The API has gauges since 1.9.
  const pending = meter.createGauge?.("limbeck.pending_revisions", { description: "How many are not applied." });
  let attributes: Attributes | undefined;
  const end = (durationMs: number, left: number | undefined, error: Attributes): void => {
    runs.record(durationMs / 1000, { ...attributes, ...error });
    if (left !== undefined) pending?.record(left, attributes);
  };
  const hear = (event: RunEvent): void => {
    switch (event.type) {
      case "connected":
        attributes = { ...attributes, ...databaseAttributes(event) };
        return;
      case "retry":
        return retries.add(1, attributes);
      case "stepEnd":
        return steps.record(event.durationMs / 1000, attributes);
      case "runEnd":
        return end(event.durationMs, event.result.pending, {});
      case "runFailed":
        return end(event.durationMs, event.pending, { "error.type": event.error.code });
      default:
    }
  };
  return (event) => {
    if (event.type === "runStart" && !event.dryRun) attributes = { "limbeck.direction": event.direction };
    else if (attributes !== undefined) hear(event);
  };
}
