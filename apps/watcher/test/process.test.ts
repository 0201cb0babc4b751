import { readdirSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { expect, run, test, until, type RunResult } from "testkit";
import { describe } from "vitest";

const main = new URL("../bin/watcher.cjs", import.meta.url).pathname;

const revisions = readdirSync(new URL("../migrations", import.meta.url))
  .filter((file) => file.endsWith(".ts"))
  .map((file) => file.slice(0, 14));
const head = revisions.at(-1)!;

/** A running Watcher process. */
interface Running {
  readonly url: string;
  stop(signal: NodeJS.Signals): Promise<RunResult>;
}

const environment = { PORT: "0", HOST: "127.0.0.1", LOG_LEVEL: "info", DATABASE_URL: undefined, ENV_STATE: undefined };

function start(env: Record<string, string>): Promise<Running> {
  return new Promise((resolve, reject) => {
    const ended = run(process.execPath, [main], {
      timeout: 150_000,
      env: { ...environment, ...env },
      onSpawn: (spawned) => {
        spawned.stdout?.on("data", (chunk: string) => {
          const url = /Watcher serves on (http:\S+)/.exec(chunk)?.[1];
          if (url !== undefined) resolve({ url, stop: (signal) => (spawned.kill(signal), ended) });
        });
      },
    });
    ended.then((result) => reject(new Error(`ended: ${JSON.stringify(result)}`)), reject);
  });
}

const fails = (env: Record<string, string>) => run(process.execPath, [main], { env: { ...environment, ...env } });

const messages = ({ stdout }: RunResult) =>
  stdout
    .trim()
    .split("\n")
    .map((line) => (JSON.parse(line) as { msg: string }).msg);

const post = (body: object) => ({
  method: "POST",
  body: JSON.stringify(body),
  headers: { "content-type": "application/json" },
});
const pipeline = post({ name: "p", pipeline_type_name: "t" });
const execution = post({ pipeline_id: 1 });
const ended = post({ id: 1, end_date: "2050-01-01", completed_successfully: true, inserts: 7 });

describe("a process", () => {
  test("on the embedded database: to head, serving, and the same data after a restart", async ({ folder }) => {
    const env = { DATABASE_URL: `pglite://${join(folder, "pgdata")}` };
    const first = await start(env);
    const health = await fetch(`${first.url}/health`);
    expect(health.status).toBe(200);
    expect(await health.json()).toMatchObject({ status: "ok", database: "embedded", pending: 0 });
    expect((await fetch(`${first.url}/pipeline`, pipeline)).status).toBe(201);
    expect((await fetch(`${first.url}/start_pipeline_execution`, execution)).status).toBe(201);

    const stopped = await first.stop("SIGINT");
    expect(stopped).toMatchObject({ exitCode: 0, stderr: "" });
    expect(messages(stopped)).toEqual([
      expect.stringMatching(/^Upgrade 20250909185058 took \d+ ms: /),
      expect.stringMatching(/^Upgrade 20250927222116 took \d+ ms: /),
      expect.stringMatching(/^Upgrade 20251021195850 took \d+ ms: /),
      ...revisions.slice(3).map((revision) => expect.stringMatching(new RegExp(`^Upgrade ${revision} took \\d+ ms: `))),
      `The database is at ${head}`,
      expect.stringMatching(/^Watcher serves on /),
      "Watcher stops",
    ]);

    const second = await start(env);
    expect((await fetch(`${second.url}/pipeline`, pipeline)).status).toBe(200);
    expect((await fetch(`${second.url}/end_pipeline_execution`, ended)).status).toBe(204);
    expect(await (await fetch(`${second.url}/pipeline_execution/1`)).json()).toMatchObject({ inserts: 7 });
    expect((await fetch(`${second.url}/diagnostics`)).status).toBe(200);
    expect(messages(await second.stop("SIGTERM"))[0]).toBe(`The database is at ${head}`);
  });

  test("on a server, whose URL is SQLAlchemy's, under the prefix of its environment", async ({ databaseUrl, sql }) => {
    const url = databaseUrl.replace(/^postgres(ql)?:/, "postgresql+asyncpg:");
    const watcher = await start({ ENV_STATE: "prod", PROD_DATABASE_URL: url });
    expect(await (await fetch(`${watcher.url}/health`)).json()).toMatchObject({ status: "ok", database: "server" });
    expect((await fetch(`${watcher.url}/pipeline`, pipeline)).status).toBe(201);
    expect(await watcher.stop("SIGTERM")).toMatchObject({ exitCode: 0, stderr: "" });
    expect(await sql("SELECT name FROM pipeline")).toEqual([{ name: "p" }]);
  });

  test("two starting at once on a new database both serve", async ({ databaseUrl }) => {
    const both = await Promise.all([start({ DATABASE_URL: databaseUrl }), start({ DATABASE_URL: databaseUrl })]);
    for (const { url } of both) expect((await fetch(`${url}/health`)).status).toBe(200);
    for (const watcher of both) expect(await watcher.stop("SIGTERM")).toMatchObject({ exitCode: 0 });
  });
});

describe("a process that cannot start says why, without a stack trace and without a password", () => {
  test("settings that are wrong, all at once", async () => {
    const result = await fails({ DATABASE_URL: "mysql://u:secret@h/d", PORT: "x", LOG_LEVEL: "loud" });
    expect(result).toMatchObject({ exitCode: 2, stdout: "" });
    expect(result.stderr.split("\n")).toHaveLength(4);
    expect(result.stderr).not.toContain("secret");
  });

  test("a database that is away", async () => {
    const result = await fails({ DATABASE_URL: "postgresql://u:secret@127.0.0.1:1/d" });
    expect(result.exitCode).toBe(4);
    expect(result.stderr).not.toMatch(/secret|\n\s+at /);
  });

  test("a database that does not exist", async ({ databaseUrl }) => {
    const result = await fails({ DATABASE_URL: `${databaseUrl}_not` });
    expect(result.exitCode).toBe(3);
    expect(result.stderr).not.toMatch(/\n\s+at /);
  });

  test("a port that is taken", async ({ databaseUrl }) => {
    const taken = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => taken.once("listening", resolve));
    const result = await fails({ DATABASE_URL: databaseUrl, PORT: String((taken.address() as AddressInfo).port) });
    taken.close();
    expect(result.exitCode).toBe(2);
    expect(result.stderr).toMatch(/^Watcher cannot listen: .*\nChoose another PORT or HOST\.\n$/);
  });

  test("an interruption while it waits for another runner", async ({ databaseUrl, sql }) => {
    await sql("SELECT pg_advisory_lock(hashtextextended('limbeck:public.alembic_version', 0))");
    const waits = `SELECT FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
      AND query LIKE '%pg_try_advisory_lock%'`;
    const result = await run(process.execPath, [main], {
      env: { ...environment, DATABASE_URL: databaseUrl },
      onSpawn: (child) => void until(async () => (await sql(waits)).length > 0).then(() => child.kill("SIGINT")),
    });
    expect(result).toMatchObject({ exitCode: 130, stdout: "" });
    expect(result.stderr).toMatch(/^INTERRUPTED: /);
  });
});
