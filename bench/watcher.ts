import { spawn, type ChildProcess } from "node:child_process";
import { readFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { fileURLToPath } from "node:url";
import { startCluster } from "testkit/cluster";

/**
 * CPU of the API's process for each request, on a real server with eight connections: `npm run bench:watcher`. Time on
 * the clock says little where others work on the same machine; CPU is what a request costs. Linux only.
 */
const CONNECTIONS = 8;
const SECONDS = 4;
const ROUNDS = 3;

interface Load {
  readonly name: string;
  /** Milliseconds of CPU a request. */
  readonly bound: number;
  readonly one: () => Promise<unknown>;
  /** Requests that `one` makes. */
  readonly requests?: number;
}

const bin = fileURLToPath(new URL("../apps/watcher/bin/watcher.cjs", import.meta.url));
const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
const cluster = await startCluster();
const { child, port } = await startWatcher(cluster.url);
try {
  for (let index = 0; index < 100; index++) {
    await ask("POST", "/pipeline", { name: `pipeline ${index}`, pipeline_type_name: "t", next_watermark: "1" });
  }
  const start = () => ask("POST", "/start_pipeline_execution", { pipeline_id: 1, start_date: "2025-01-01T00:00:00Z" });
  const loads: Load[] = [
    { name: "GET /", bound: 0.05, one: () => ask("GET", "/") },
    { name: "GET /pipeline/{id}", bound: 0.25, one: () => ask("GET", "/pipeline/1") },
    { name: "GET /pipeline, 100 rows", bound: 0.7, one: () => ask("GET", "/pipeline") },
    {
      name: "POST /pipeline, of one that is there",
      bound: 2.4,
      one: () => ask("POST", "/pipeline", { name: "pipeline 1", pipeline_type_name: "t", next_watermark: "1" }),
    },
    { name: "POST /start_pipeline_execution", bound: 0.35, one: () => start() },
    {
      name: "start and end alternating",
      bound: 0.9,
      requests: 2,
      one: async () => {
        const { id } = JSON.parse(await start()) as { id: number };
        const end = { id, end_date: "2025-01-01T00:05:00Z", completed_successfully: true, inserts: 5, total_rows: 5 };
        await ask("POST", "/end_pipeline_execution", end);
      },
    },
  ];
  let kept = true;
  for (const load of loads) {
    await measure({ ...load }, 1);
    const rounds = [];
    for (let round = 0; round < ROUNDS; round++) rounds.push(await measure(load, SECONDS));
    const best = rounds.toSorted((a, b) => a.cpu - b.cpu)[0]!;
    const verdict = best.cpu <= load.bound ? "ok" : "TOO MUCH";
    if (best.cpu > load.bound) kept = false;
    const figures = `${best.cpu.toFixed(3)} ms CPU  ${best.perSecond.toFixed(0).padStart(6)} requests/s`;
    console.log(`${load.name.padEnd(40)} ${figures}  ${verdict} (≤ ${load.bound})`);
  }
  process.exitCode = kept ? 0 : 1;
} finally {
  child.kill("SIGTERM");
  await new Promise((resolve) => child.once("exit", resolve));
  agent.destroy();
  await cluster.stop();
}

async function measure({ one, requests = 1 }: Load, seconds: number): Promise<{ cpu: number; perSecond: number }> {
  const started = performance.now();
  const before = cpuOf(child.pid!);
  let count = 0;
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      while (performance.now() - started < seconds * 1000) {
        await one();
        count += requests;
      }
    }),
  );
  const elapsed = (performance.now() - started) / 1000;
  return { cpu: (cpuOf(child.pid!) - before) / count, perSecond: count / elapsed };
}

/** User and system time of a process, in milliseconds: proc(5), fields 14 and 15 of stat, in ticks of 10 ms. */
function cpuOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]!.split(" ");
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

function ask(method: string, path: string, body?: object): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = body === undefined ? {} : { "content-type": "application/json" };
    const sent = request({ port, host: "127.0.0.1", method, path, agent, headers }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => (text += chunk));
      response.on("end", () => {
        if (response.statusCode! < 300) resolve(text);
        else reject(new Error(`${method} ${path}: ${response.statusCode} ${text}`));
      });
    });
    sent.on("error", reject);
    sent.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

function startWatcher(url: string): Promise<{ child: ChildProcess; port: number }> {
  const env = { ...process.env, DATABASE_URL: url, PORT: "0", HOST: "127.0.0.1", WATCHER_WORKER: "false" };
  const spawned = spawn(process.execPath, [bin, "serve"], { env, stdio: ["ignore", "pipe", "inherit"] });
  return new Promise((resolve, reject) => {
    spawned.once("exit", (code) => reject(new Error(`Watcher ended with ${code}`)));
    spawned.stdout.on("data", (chunk: Buffer) => {
      const found = /Watcher serves on http:\/\/[^:]+:(\d+)/.exec(chunk.toString());
      if (found !== null) resolve({ child: spawned, port: Number(found[1]) });
    });
  });
}
