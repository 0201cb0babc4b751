import { pino } from "pino";
import { buildApp } from "../src/app.ts";
import { openQueue } from "../src/jobs/boss.ts";
import { openServer } from "../src/store/server.ts";
import { defaultOptions, expect, test } from "./watcher.ts";

const head = "20261122154722";

test("at head", async ({ ask }) => {
  const body = { status: "ok", database: "server", current_revision: head, head, pending: 0 };
  expect(await ask("GET", "/health")).toMatchObject({ status: 200, body });
});

test("behind head", async ({ ask, sql }) => {
  await sql("UPDATE alembic_version SET version_num = '20250909185058'");
  const body = { status: "behind", database: "server", current_revision: "20250909185058", head, pending: 7 };
  expect(await ask("GET", "/health")).toMatchObject({ status: 503, body });
});

test("with an empty version table, and without one", async ({ ask, sql }) => {
  const body = { status: "behind", current_revision: null, head, pending: 8 };
  await sql("DELETE FROM alembic_version");
  expect(await ask("GET", "/health")).toMatchObject({ status: 503, body });
  await sql("DROP TABLE alembic_version");
  expect(await ask("GET", "/health")).toMatchObject({ status: 503, body });
});

test("ahead: a newer release has upgraded the database, and this one goes on", async ({ ask, sql }) => {
  await sql("UPDATE alembic_version SET version_num = '20991231000000'");
  const body = { status: "ok", current_revision: "20991231000000", head, pending: 0 };
  expect(await ask("GET", "/health")).toMatchObject({ status: 200, body });
});

test("a database that is away: 503 everywhere, and the service lives", async ({
  watcher: { readStatus, migrations },
}) => {
  const database = openServer({
    connection: { host: "127.0.0.1", port: 1, user: "u", database: "d" },
    onIdleError: () => {},
  });
  const queue = openQueue({ database, supervise: false, onError: () => {} });
  const app = buildApp({
    database,
    queue,
    readStatus,
    migrations,
    logger: pino({ level: "silent" }),
    options: defaultOptions,
  });
  const health = await app.inject("/health");
  expect(health).toMatchObject({ statusCode: 503 });
  expect(health.json()).toMatchObject({ status: "unavailable", database: "server", head: null });
  for (const url of ["/pipeline", "/pipeline/1", "/diagnostics"]) {
    const response = await app.inject(url);
    expect(response).toMatchObject({ statusCode: 503 });
    expect(response.json()).toMatchObject({ code: "DATABASE_UNAVAILABLE" });
  }
  expect(await app.inject("/")).toMatchObject({ statusCode: 200 });
  expect((await app.inject("/metrics")).body).toContain("\nwatcher_database_up 0\n");
  await app.close();
  await database.close();
});

test("a connection that breaks is replaced", async ({ ask, sql }) => {
  expect((await ask("GET", "/pipeline")).status).toBe(200);
  const others = "FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()";
  await sql(`SELECT pg_terminate_backend(pid, 5000) ${others}`);
  await ask("GET", "/pipeline");
  expect((await ask("GET", "/pipeline")).status).toBe(200);
});
