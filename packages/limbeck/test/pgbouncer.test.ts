import { describe } from "vitest";
import { expect, findPgbouncer, startPgbouncer, until } from "testkit";
import { Limbeck } from "../src/index.ts";
import { writeRevisions } from "./project.ts";
import { collect, test } from "./sessions.ts";

const program = findPgbouncer();
const isMissing = "missing" in program;
if (isMissing) console.warn(`The tests behind pgbouncer are left out: ${program.missing}`);

describe.skipIf(isMissing)("behind pgbouncer", () => {
  const start = async (url: string, options: Parameters<typeof startPgbouncer>[2]) => {
    if ("missing" in program) throw new Error(program.missing);
    return await startPgbouncer(program, url, options);
  };

  for (const poolSize of [1, 20]) {
    test(`transaction mode is refused before anything is written, with ${poolSize} in the pool`, async ({
      databaseUrl,
      folder,
      sql,
    }) => {
      writeRevisions(folder, [{ id: "a1", up: `  op.execute("create table t ()");` }]);
      const pooler = await start(databaseUrl, { poolMode: "transaction", poolSize });
      const limbeck = await Limbeck.open({ url: pooler.url, cwd: folder });
      await expect(limbeck.upgrade()).rejects.toMatchObject({
        code: "TRANSACTION_POOLER",
        exitCode: 2,
        hint: expect.stringContaining("a URL that leads to the server itself") as unknown,
      });
      await limbeck.close();
      await pooler.stop();
      expect(await sql("select to_regclass('alembic_version') as v, to_regclass('t') as t")).toEqual([
        { v: null, t: null },
      ]);
    });
  }

  test("session mode works: the wait for a lock is explained, and an abort cancels the right backend", async ({
    databaseUrl,
    folder,
    connect,
    sql,
  }) => {
    await sql("create table old (id integer)");
    writeRevisions(folder, [
      { id: "a1", up: `  op.createIndex("ix_old", "old", ["id"], { concurrently: true });\n  op.dropTable("old");` },
      { id: "b2", down: "a1", up: `  op.execute("select pg_sleep(30)");` },
    ]);
    const pooler = await start(databaseUrl, { poolMode: "session" });
    const retries = collect("retry");
    const interruption = new AbortController();
    const limbeck = await Limbeck.open({
      url: pooler.url,
      cwd: folder,
      signal: interruption.signal,
      onEvent: retries.onEvent,
      lock: { timeout: "100ms" },
    });
    const reader = await connect("report");
    await reader.query("begin; lock table old in access share mode");
    const upgrade = limbeck.upgrade().catch((error: unknown) => error);
    await until(() => retries.events.some(({ blockers }) => blockers[0]?.application === "report"));
    await reader.query("rollback");
    const asleep =
      "select from pg_stat_activity where datname = current_database() and query like 'BEGIN%pg_sleep(30)%' and state = 'active'";
    await until(async () => (await sql(asleep)).length > 0);
    interruption.abort();
    expect(await upgrade).toMatchObject({ code: "INTERRUPTED", details: { done: ["a1"] } });
    expect(await sql("select version_num from alembic_version")).toEqual([{ version_num: "a1" }]);
    await limbeck.close();
    await pooler.stop();
  });
});
