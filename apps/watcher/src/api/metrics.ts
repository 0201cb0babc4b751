import type { FastifyInstance } from "fastify";
import type { ReadMigrationStatus } from "../services/health.ts";
import { databaseMetrics, gauge, type Family, type Sample } from "../services/metrics.ts";
import type { Queue } from "../services/queue.ts";
import type { Database } from "../store/database.ts";
import { described, string } from "./description.ts";

/** Upper ends, in seconds. */
const buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** What is known of the requests that were answered. */
export interface RequestMeter {
  families(): Family[];
}

interface Route {
  readonly method: string;
  readonly route: string;
  readonly statuses: Map<number, number>;
  readonly counts: number[];
  seconds: number;
}

/** Counts and times every request, by its route: addresses that nobody has are one. */
export function requestMeter(app: FastifyInstance): RequestMeter {
  const routes = new Map<string, Route>();
  app.addHook("onResponse", async ({ method, routeOptions }, { statusCode, elapsedTime }) => {
    const route = routeOptions.url ?? "unknown";
    const key = `${method} ${route}`;
    let seen = routes.get(key);
    if (seen === undefined) {
      seen = { method, route, statuses: new Map(), counts: buckets.map(() => 0), seconds: 0 };
      routes.set(key, seen);
    }
    const seconds = elapsedTime / 1000;
    const bucket = buckets.findIndex((end) => seconds <= end);
    if (bucket !== -1) seen.counts[bucket]!++;
    seen.seconds += seconds;
    seen.statuses.set(statusCode, (seen.statuses.get(statusCode) ?? 0) + 1);
  });
  return { families: () => requestFamilies([...routes.values()]) };
}

function requestFamilies(routes: readonly Route[]): Family[] {
  return [
    {
      name: "watcher_http_requests_total",
      type: "counter",
      help: "Requests that were answered.",
      samples: routes.flatMap(({ method, route, statuses }) =>
        [...statuses].map(([status, value]) => ({ labels: { method, route, status: String(status) }, value })),
      ),
    },
    {
      name: "watcher_http_request_duration_seconds",
      type: "histogram",
      help: "How long requests took.",
      samples: routes.flatMap(histogram),
    },
  ];
}

function histogram({ method, route, statuses, counts, seconds }: Route): Sample[] {
  const labels = { method, route };
  const total = [...statuses.values()].reduce((sum, count) => sum + count, 0);
  let below = 0;
  return [
    ...buckets.map((end, index) => ({
      suffix: "_bucket",
      labels: { ...labels, le: String(end) },
      value: (below += counts[index]!),
    })),
    { suffix: "_bucket", labels: { ...labels, le: "+Inf" }, value: total },
    { suffix: "_sum", labels, value: seconds },
    { suffix: "_count", labels, value: total },
  ];
}

function processFamilies(): Family[] {
  const { user, system } = process.cpuUsage();
  return [
    gauge("process_resident_memory_bytes", "Memory of the process.", [{ value: process.memoryUsage.rss() }]),
    {
      name: "process_cpu_seconds_total",
      type: "counter",
      help: "Processor time that the process used.",
      samples: [{ value: (user + system) / 1e6 }],
    },
    gauge("process_start_time_seconds", "When the process started, in Unix time.", [
      { value: performance.timeOrigin / 1000 },
    ]),
  ];
}

/** What Prometheus asks, in its text format, version 0.0.4. */
export function metricsRoutes(
  app: FastifyInstance,
  meter: RequestMeter,
  database: Database,
  queue: Queue,
  readStatus: ReadMigrationStatus,
): void {
  app.get(
    "/metrics",
    { schema: described("Numbers for Prometheus", { tag: "Operations", answers: { 200: string } }) },
    async (_request, reply) => {
      const families = [
        ...meter.families(),
        ...(await databaseMetrics(database, queue, readStatus)),
        ...processFamilies(),
      ];
      return reply
        .type("text/plain; version=0.0.4; charset=utf-8")
        .serializer(String)
        .send(families.map(text).join(""));
    },
  );
}

function text({ name, type, help, samples }: Family): string {
  if (samples.length === 0) return "";
  const lines = samples.map(({ suffix = "", labels, value }) => `${name}${suffix}${labelText(labels)} ${value}\n`);
  return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${lines.join("")}`;
}

function labelText(labels: Sample["labels"] = {}): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${value.replace(/[\\"\n]/g, escaped)}"`);
  return pairs.length === 0 ? "" : `{${pairs.join(",")}}`;
}

function escaped(character: string): string {
  return character === "\n" ? "\\n" : `\\${character}`;
}
