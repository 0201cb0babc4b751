import { context, metrics, SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from "@opentelemetry/sdk-metrics";
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-base";
import { afterEach } from "vitest";
import { expect, test } from "testkit";
import { Limbeck } from "../src/index.ts";
import { writeRevisions } from "./project.ts";

const REVISIONS = [
  { id: "a1", up: `op.execute("select 1");` },
  { id: "b2", down: "a1", up: `op.execute("select 1 / 0");` },
];

afterEach(() => {
  trace.disable();
  metrics.disable();
  context.disable();
});

test("a run is a span, and each step is one in it, with the database and what went wrong", async ({
  folder,
  databaseUrl,
}) => {
  writeRevisions(folder, REVISIONS);
  const exporter = new InMemorySpanExporter();
  const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
  trace.setGlobalTracerProvider(provider);
  const limbeck = await Limbeck.open({ url: databaseUrl, cwd: folder });
  await expect(limbeck.upgrade()).rejects.toThrow("division by zero");
  await limbeck.close();

  const spans = exporter.getFinishedSpans();
  expect(spans.map(({ name }) => name)).toEqual(["upgrade a1", "upgrade b2", "limbeck upgrade"]);
  const [first, second, run] = spans as [(typeof spans)[number], (typeof spans)[number], (typeof spans)[number]];
  const url = new URL(databaseUrl);
  const database = {
    "db.system.name": "postgresql",
    "db.namespace": url.pathname.slice(1),
    "server.address": url.hostname,
    "server.port": Number(url.port),
    "db.operation.name": "upgrade",
    "limbeck.direction": "upgrade",
  };
  expect(run.attributes).toEqual({
    ...database,
    "limbeck.target": "head",
    "limbeck.steps": 2,
    "error.type": "STATEMENT_FAILED",
    "db.response.status_code": "22012",
  });
  expect(first.attributes).toEqual({ ...database, "limbeck.revision": "a1" });
  expect(first.status.code).toBe(SpanStatusCode.UNSET);
  expect(second.attributes).toMatchObject({ "limbeck.revision": "b2", "error.type": "STATEMENT_FAILED" });
  expect([second.status.code, run.status.code]).toEqual([SpanStatusCode.ERROR, SpanStatusCode.ERROR]);
  expect(spans.map(({ kind }) => kind)).toEqual([SpanKind.CLIENT, SpanKind.CLIENT, SpanKind.CLIENT]);
  const runId = run.spanContext().spanId;
  expect([first.parentSpanContext?.spanId, second.parentSpanContext?.spanId]).toEqual([runId, runId]);
  expect(run.instrumentationScope).toMatchObject({ name: "limbeck", version: expect.any(String) as unknown });
});

test("an exporter that never answers does not hold up the end for long", async ({ folder, databaseUrl }) => {
  writeRevisions(folder, REVISIONS.slice(0, 1));
  trace.setGlobalTracerProvider(
    Object.assign(new BasicTracerProvider(), { forceFlush: () => new Promise<void>(() => undefined) }),
  );
  const limbeck = await Limbeck.open({ url: databaseUrl, cwd: folder });
  await limbeck.upgrade();
  const started = performance.now();
  await limbeck.close();
  expect(performance.now() - started).toBeLessThan(10_000);
});

test("a run is measured: its time, its steps' times, and what is pending", async ({ folder, databaseUrl }) => {
  writeRevisions(folder, REVISIONS);
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 });
  metrics.setGlobalMeterProvider(new MeterProvider({ readers: [reader] }));
  const limbeck = await Limbeck.open({ url: databaseUrl, cwd: folder });
  await expect(limbeck.upgrade()).rejects.toThrow("division by zero");
  await limbeck.close();

  const measured = exporter.getMetrics().flatMap(({ scopeMetrics }) => scopeMetrics.flatMap((scope) => scope.metrics));
  const points = new Map(measured.map(({ descriptor, dataPoints }) => [descriptor.name, dataPoints[0]!]));
  expect([...points.keys()].toSorted()).toEqual([
    "limbeck.pending_revisions",
    "limbeck.run.duration",
    "limbeck.step.duration",
  ]);
  const database = { "limbeck.direction": "upgrade", "db.namespace": new URL(databaseUrl).pathname.slice(1) };
  expect(points.get("limbeck.run.duration")).toMatchObject({
    attributes: { ...database, "error.type": "STATEMENT_FAILED" },
    value: { count: 1 },
  });
  expect(points.get("limbeck.step.duration")).toMatchObject({ attributes: database, value: { count: 1 } });
  expect(points.get("limbeck.pending_revisions")).toMatchObject({ attributes: database, value: 1 });
  await reader.shutdown();
});
