import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, run, test } from "testkit";
import { writeRevisions } from "./project.ts";

const bin = fileURLToPath(new URL("../bin/limbeck.cjs", import.meta.url));

function writeProject(folder: string): void {
  writeRevisions(folder, [
    {
      id: "a1",
      up: `  op.execute("create table ran (revision text); insert into ran values ('a1'); select pg_sleep(0.4)");`,
    },
    {
      id: "b2",
      down: "a1",
      up: `  op.execute("insert into ran values ('b2')");
  op.createIndex("ix_ran", "ran", ["revision"], { concurrently: true });`,
    },
    { id: "c3", down: "b2", up: `  op.execute("insert into ran values ('c3')");` },
  ]);
}

async function startTogether(count: number, folder: string, url: string) {
  const one = () => run("node", [bin, "upgrade", "head", "--url", url], { cwd: folder, timeout: 60_000 });
  return await Promise.all(Array.from({ length: count }, one));
}

test("six runners at once on a server: all succeed, and each revision runs once", async ({
  databaseUrl,
  folder,
  sql,
}) => {
  writeProject(folder);
  const runs = await startTogether(6, folder, databaseUrl);
  expect(runs.map(({ exitCode, stderr }) => (exitCode === 0 ? 0 : stderr))).toEqual([0, 0, 0, 0, 0, 0]);
  expect(await sql("select revision from ran order by 1")).toEqual([
    { revision: "a1" },
    { revision: "b2" },
    { revision: "c3" },
  ]);
  expect(await sql("select revision, status from limbeck_history order by id")).toEqual(
    ["a1", "b2", "c3"].map((revision) => ({ revision, status: "done" })),
  );
  expect(await sql("select indisvalid from pg_index where indexrelid = 'ix_ran'::regclass")).toEqual([
    { indisvalid: true },
  ]);
  expect(
    runs.filter(({ stderr }) => stderr.includes("Waiting for the migration lock, held by process")).length,
  ).toBeGreaterThan(0);
});

test("two runners at once on the embedded database: both succeed, and each revision runs once", async ({ folder }) => {
  writeProject(folder);
  const url = `pglite://${join(folder, "pgdata")}`;
  const runs = await startTogether(2, folder, url);
  expect(runs.map(({ exitCode, stderr }) => (exitCode === 0 ? 0 : stderr))).toEqual([0, 0]);
  expect(runs.map(({ stdout }) => stdout.trim()).toSorted()).toEqual([
    "3 steps; the database is at c3.",
    "Nothing to do: the database is at c3.",
  ]);
});
