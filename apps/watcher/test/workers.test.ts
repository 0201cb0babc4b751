import { spawn, type ChildProcess } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { run, until } from "testkit";
import { describe } from "vitest";
import { startWorker } from "../src/jobs/worker.ts";
import { openQueue } from "../src/jobs/boss.ts";
import { expect, openWatcher, test as base, type Ask } from "./watcher.ts";

const bin = new URL("../bin/watcher.cjs", import.meta.url).pathname;

/** On one day of four years: a check that the clock starts would find something of its own. */
const rarely = "0 0 29 2 *";
const schedules = {
  WATCHER_TIMELINESS_CHECK_SCHEDULE: rarely,
  WATCHER_FRESHNESS_CHECK_SCHEDULE: rarely,
  WATCHER_CELERY_QUEUE_HEALTH_CHECK_SCHEDULE: rarely,
};

const test = base
  /** Starts `watcher worker` on the test's database, and gives it when it works. */
  .extend("startProcess", ({ databaseUrl }, { onCleanup }) => {
    const started: ChildProcess[] = [];
    onCleanup(() => {
      for (const child of started) child.kill("SIGKILL");
    });
    return (env: Record<string, string> = {}): Promise<ChildProcess> => {
      const child = spawn(process.execPath, [bin, "worker"], {
        env: { ...process.env, ...schedules, DATABASE_URL: databaseUrl, ...env },
        stdio: ["ignore", "pipe", "inherit"],
      });
      started.push(child);
      return new Promise((resolve, reject) => {
        child.once("exit", (code) => reject(new Error(`the worker ended with ${code}`)));
        child.stdout.on("data", (chunk: Buffer) => {
          if (chunk.toString().includes("Watcher works")) resolve(child);
        });
      });
    };
  })
  /** A receiver of messages that answers when it is told to. */
  .extend("receiver", async ({}, { onCleanup }) => {
    const taken: { text: string }[] = [];
    const state = { answers: true };
    const server = createServer((request, response) => {
      let text = "";
      request.on("data", (chunk: Buffer) => (text += chunk.toString()));
      request.on("end", () => {
        taken.push(JSON.parse(text) as { text: string });
        if (state.answers) response.end("ok");
      });
    }).listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    onCleanup(() => {
      server.closeAllConnections();
      server.close();
    });
    return { taken, state, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook` };
  });

const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();

/** Executions of one hour with ordinary counts, and then strange ones: each strange one is one anomaly. */
async function executions(ask: Ask, pipeline: number, counts: readonly number[]): Promise<void> {
  const start = new Date(Date.now() - 86_400_000);
  start.setUTCHours(9, 0, 0, 0);
  const end_date = new Date(start.getTime() + 60_000).toISOString();
  for (const inserts of counts) {
    const { body } = await ask("POST", "/start_pipeline_execution", {
      pipeline_id: pipeline,
      start_date: start.toISOString(),
    });
    await ask("POST", "/end_pipeline_execution", { id: body.id, end_date, completed_successfully: true, inserts });
  }
}

async function watchedPipeline(ask: Ask): Promise<number> {
  const limits = {
    freshness_number: 1,
    freshness_datepart: "hour",
    timeliness_number: 5,
    timeliness_datepart: "minute",
  };
  const { body } = await ask("POST", "/pipeline", { name: "p", pipeline_type_name: "t", ...limits });
  const rule = { pipeline_id: body.id, metric_field: "inserts", minimum_executions: 5 };
  await ask("POST", "/anomaly_detection_rule", rule);
  return body.id;
}

describe("watcher worker", () => {
  test("does what the API asks for, and tells Slack", { timeout: 120_000 }, async ({ ask, startProcess, receiver }) => {
    const pipeline = await watchedPipeline(ask);
    await executions(ask, pipeline, [10, 12, 14, 16, 18]);
    const running = { pipeline_id: pipeline, start_date: ago(30) };
    const { body: late } = await ask("POST", "/start_pipeline_execution", running);
    const worker = await startProcess({ SLACK_WEBHOOK_URL: receiver.url });
    await ask("POST", "/freshness");
    await ask("POST", "/timeliness", { lookback_minutes: 60 });
    await until(() => receiver.taken.length === 2);
    const texts = receiver.taken.map(({ text }) => text).toSorted();
    expect(texts[0]).toMatch(
      /^⚠️ \*WARNING\*\n\*Freshness Check - Pipeline DML\*\n\*Timestamp:\* .* UTC\n\*Message:\* 1 pipeline/,
    );
    expect(texts[1]).toMatch(/\*Timeliness Check - Pipeline Execution\*[^]*• Pipeline Execution ID: \d+ - 'p'/);

    const end = { id: late.id, end_date: ago(0), completed_successfully: true, inserts: 14 };
    await ask("POST", "/end_pipeline_execution", end);
    for (const path of ["/freshness", "/timeliness"]) await ask("POST", path, { lookback_minutes: 60 });
    await until(async () => (await ask("GET", "/alert?open=true")).body.data.length === 0);
    worker.kill("SIGTERM");
    expect(await new Promise((resolve) => worker.once("exit", resolve))).toBe(0);
  });

  test(
    "killed in the middle of checks, nothing is lost and nothing doubled",
    { timeout: 180_000 },
    async ({ ask, sql, startProcess }) => {
      const pipeline = await watchedPipeline(ask);
      await executions(ask, pipeline, [10, 12, 14, 16, 18]);
      const first = await startProcess();
      await until(async () => (await sql("SELECT FROM anomaly_check")).length === 0);
      // Enough to be killed in: executions whose checks are slow, since the worker waits for a lock.
      await sql("BEGIN; LOCK TABLE anomaly_detection_result IN SHARE MODE");
      const { body: one } = await ask("POST", "/start_pipeline_execution", {
        pipeline_id: pipeline,
        start_date: yesterdayAt9(),
      });
      await ask("POST", "/end_pipeline_execution", {
        id: one.id,
        end_date: ago(60),
        completed_successfully: true,
        inserts: 500,
      });
      const waits = "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
      await until(async () => (await sql(waits)).length > 0);
      first.kill("SIGKILL");
      await sql(
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
      );
      await sql("COMMIT");
      expect(await sql("SELECT pipeline_execution_id::int AS id FROM anomaly_check")).toEqual([{ id: one.id }]);

      await Promise.all([startProcess(), startProcess()]);
      await until(async () => (await sql("SELECT FROM anomaly_check")).length === 0);
      expect((await ask("GET", "/anomaly_detection_result")).body.data).toHaveLength(1);
      expect((await ask("GET", "/alert")).body.data).toHaveLength(1);
      await until(async () => (await sql("SELECT FROM alert_delivery WHERE delivered_at IS NULL")).length === 0);
      expect(await sql("SELECT channel, event FROM alert_delivery")).toEqual([{ channel: "log", event: "opened" }]);
    },
  );

  test(
    "killed while it tells somebody, another one tells it after a minute",
    { timeout: 180_000 },
    async ({ ask, sql, startProcess, receiver }) => {
      const pipeline = await watchedPipeline(ask);
      await executions(ask, pipeline, [10]);
      receiver.state.answers = false;
      const first = await startProcess({ WATCHER_WEBHOOK_URL: receiver.url });
      await ask("POST", "/freshness");
      await until(() => receiver.taken.length === 1);
      first.kill("SIGKILL");
      receiver.state.answers = true;
      await sql("UPDATE alert_delivery SET due_at = now()");
      await startProcess({ WATCHER_WEBHOOK_URL: receiver.url });
      await until(async () => (await sql("SELECT FROM alert_delivery WHERE delivered_at IS NULL")).length === 0);
      expect(receiver.taken).toHaveLength(2);
      expect(receiver.taken[1]).toMatchObject({ ...receiver.taken[0], at: expect.any(String) });
    },
  );
});

function yesterdayAt9(): string {
  const start = new Date(Date.now() - 86_400_000);
  start.setUTCHours(9, 0, 0, 0);
  return start.toISOString();
}

test("on the embedded database the queue works in the same session", { timeout: 120_000 }, async ({ folder }) => {
  const { app, database, close } = await openWatcher(`pglite://${folder}/pgdata`);
  const queue = openQueue({ database, supervise: true, onError: () => {} });
  const done: string[] = [];
  await startWorker({
    queue,
    schedules: {},
    onDone: (job) => done.push(job),
    context: {
      database,
      queue,
      channels: [],
      lookbackMinutes: 60,
      retentionDays: 365,
      onDeliveryFailure: () => {},
      signal: new AbortController().signal,
    },
  });
  expect(await app.inject({ method: "POST", url: "/freshness" })).toMatchObject({ statusCode: 200 });
  for (const job of ["report", "cleanup"] as const) await queue.send(job);
  await until(() => ["freshness", "report", "cleanup"].every((job) => done.includes(job)));
  await queue.close();
  await close();
});

test(
  "ten processes that begin at once share one queue",
  { timeout: 120_000 },
  async ({ watcher: { database }, sql }) => {
    const errors: Error[] = [];
    const queues = Array.from({ length: 10 }, () =>
      openQueue({ database, supervise: true, onError: (error) => errors.push(error) }),
    );
    await Promise.all(queues.map((queue) => queue.send("freshness")));
    expect(await sql("SELECT count(*)::int FROM pgboss.job WHERE name = 'freshness'")).toEqual([{ count: 1 }]);
    expect(await queues[0]!.waiting()).toEqual([{ job: "freshness", ready: 1, later: 0 }]);
    await Promise.all(queues.map((queue) => queue.close()));
    expect(errors).toEqual([]);
  },
);

describe("the program", () => {
  test("makes, lists and revokes tokens", { timeout: 120_000 }, async ({ databaseUrl }) => {
    const watcher = (...args: string[]) =>
      run(process.execPath, [bin, ...args], { env: { DATABASE_URL: databaseUrl, LOG_LEVEL: "warn" } });
    const created = await watcher("token", "create", "--name", "ci", "--role", "admin");
    expect(created).toMatchObject({ exitCode: 0, stderr: "", stdout: expect.stringMatching(/^watcher_[\w-]{43}\n$/) });
    expect((await watcher("token", "list")).stdout).toMatch(/^1 {2}admin {2}ci {2}created \S+\n$/);
    expect((await watcher("token", "revoke", "1")).stdout).toBe("Token 1 is revoked.\n");
    expect(await watcher("token", "create", "--name", "x", "--role", "king")).toMatchObject({
      exitCode: 2,
      stdout: "",
    });
    expect(await watcher("brew")).toMatchObject({ exitCode: 2 });
    expect((await watcher("--help")).stdout).toContain("serve");
  });
});
