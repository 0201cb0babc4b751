import type { PGlite } from "@electric-sql/pglite";
import { Limbeck } from "limbeck";
import { limbeckReader } from "../src/migration-reader.ts";
import { openEmbedded } from "../src/store/embedded.ts";
import { separateClient } from "../src/store/separate-client.ts";
import { expect, test } from "./watcher.ts";

const config = new URL("../limbeck.config.ts", import.meta.url).pathname;
const [before, head] = ["20261122154719", "20261122154722"];

test(
  "tells of revisions, runs, pending SQL, findings and drift",
  { timeout: 120_000 },
  async ({ ask, sql, databaseUrl }) => {
    await sql("ALTER TABLE pipeline ADD COLUMN by_hand integer");
    const answer = async () => (await ask("GET", "/diagnostics/migrations")).body;
    // What takes a scratch database may come later than the rest.
    await expect.poll(answer, { timeout: 60_000 }).toMatchObject({ pendingSql: "", findings: [] });
    const body = await answer();
    expect(body).toMatchObject({ head: [head], current: [head] });
    expect(body.revisions[0]).toEqual({
      revision: head,
      downRevision: [before],
      dependsOn: [],
      branchLabels: [],
      message: expect.stringContaining("daily report"),
      createDate: "2026-11-22T15:47:22.000Z",
      state: "applied",
      head: true,
    });
    expect(body.revisions.at(-1)).toMatchObject({ revision: "20250909185058", downRevision: [], head: false });
    expect(body.runs).toHaveLength(body.revisions.length);
    expect(body.runs[0]).toEqual({
      revision: head,
      direction: "upgrade",
      status: "done",
      startedAt: expect.stringMatching(/^\d{4}-.*Z$/),
      durationMs: expect.any(Number),
      user: expect.any(String),
      host: expect.any(String),
      applicationVersion: null,
      error: null,
    });
    expect(Date.parse(body.checkedAt)).toBeLessThanOrEqual(Date.now());

    expect(body.drift).toEqual([
      { kind: "column", object: "pipeline.by_hand", message: expect.stringContaining("by_hand") },
    ]);

    const limbeck = await Limbeck.open({ config, url: databaseUrl });
    await limbeck.downgrade("-1");
    await limbeck.close();
    const reader = limbeckReader({ config, url: databaseUrl });
    const behind = await reader.state();
    expect(behind).toMatchObject({ head: [head], current: [before] });
    expect(behind.revisions[0]).toMatchObject({ revision: head, state: "pending" });
    expect(behind.runs[0]).toMatchObject({ revision: head, direction: "downgrade", status: "done" });
    expect(await reader.findings()).toMatchObject({
      pendingSql: expect.stringMatching(/^-- 20261122154719 -> 20261122154722.*CREATE MATERIALIZED VIEW/s),
      drift: { error: { code: "NOT_COMPARED" } },
    });

    await sql("UPDATE alembic_version SET version_num = '20991231000000'");
    const ahead = await reader.state();
    expect(ahead).toMatchObject({ head: [head], current: ["20991231000000"], runs: [] });
    expect(ahead.revisions[0]).toMatchObject({ state: "applied" });
    expect((await reader.findings()).drift).toMatchObject({ error: { code: "REVISION_UNKNOWN_TO_FILES" } });
  },
);

test("a client beside the service's keeps its transactions to itself", async () => {
  const limbeck = await Limbeck.open({ config, url: "pglite://memory" });
  const client = (await limbeck.client()) as PGlite;
  const database = openEmbedded(client);
  const beside = separateClient(client);
  await database.query("CREATE TABLE t (n integer)");

  await beside.query("begin transaction isolation level repeatable read, read only");
  expect((await beside.query("SELECT n FROM t")).rows).toEqual([]);
  await expect(beside.exec("INSERT INTO t VALUES (0)")).rejects.toThrow("read-only transaction");
  const written = database.query("INSERT INTO t VALUES (1)");
  await beside.query("rollback");
  await written;

  await beside.exec("BEGIN");
  await beside.exec("INSERT INTO t VALUES (2)");
  const seen = database.query("SELECT n FROM t ORDER BY n");
  await beside.exec("COMMIT");
  expect(await seen).toEqual([{ n: 1 }, { n: 2 }]);

  await beside.query("BEGIN");
  await beside.query("INSERT INTO t VALUES (3)");
  await beside.close();
  expect((await beside.query("SELECT n FROM t ORDER BY n")).rows).toEqual([{ n: 1 }, { n: 2 }]);
  await limbeck.close();
});
