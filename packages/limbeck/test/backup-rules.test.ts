import { readdirSync, renameSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { expect } from "testkit";
import { afterAll, describe } from "vitest";
import { Limbeck } from "../src/index.ts";
import { stopServerWithPrograms, test } from "./backup-server.ts";
import { writeRevisions } from "./project.ts";
import { limbeck as commandLine } from "./terminal.ts";

afterAll(stopServerWithPrograms);

const TOWN = {
  id: "a1",
  up: `op.createTable("town", column("id", "integer"), primaryKey(["id"]));`,
  undo: `op.dropTable("town");`,
};
/** What lint calls an error where the table is used. */
const RISKY = { id: "b2", down: "a1", up: `op.execute("alter table town alter column id type bigint");` };

describe("an environment can require", () => {
  const write = (folder: string, url: string, require: readonly string[]): void => {
    writeRevisions(folder, [TOWN, RISKY]);
    const environments = { dev: {}, prod: { require } };
    writeFileSync(join(folder, "limbeck.config.json"), JSON.stringify({ url, environments }));
  };

  test("a backup and a confirmation, of upgrades, downgrades and restores", async ({ databaseUrl, folder }) => {
    write(folder, databaseUrl, ["backup", "confirm"]);
    const name = new URL(databaseUrl).pathname.slice(1);
    const asked: string[] = [];
    const typing = (answer: string) => ({
      cwd: folder,
      ask: () => Promise.resolve(true),
      askText: (question: string) => Promise.resolve((asked.push(question), answer)),
    });
    const prod = async (...argv: string[]) => await commandLine([...argv, "--env", "prod", "-q"], { cwd: folder });
    expect(await prod("upgrade", "a1")).toMatchObject({
      exitCode: 2,
      stderr: expect.stringMatching(/NOT_CONFIRMED: upgrade a1 runs 1 step on .*next: .*--confirm test_/s) as string,
    });
    expect(await prod("upgrade", "a1", "--confirm", "other")).toMatchObject({ exitCode: 2 });
    expect(await commandLine(["upgrade", "a1", "--env", "prod"], typing("wrong"))).toMatchObject({ exitCode: 2 });
    expect(asked).toEqual([expect.stringContaining(`Type the database's name, ${name}, to go on: `)]);
    const upgraded = await prod("upgrade", "a1", "--confirm", name, "--json");
    const { backup: made } = JSON.parse(upgraded.stdout) as { backup: { file: string; manifest: { revisions: [] } } };
    expect(made.manifest.revisions).toEqual([]);
    expect(await prod("upgrade", "a1")).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining("Nothing to do") as string,
    });

    const down = await commandLine(["downgrade", "base", "--env", "prod"], typing(` ${name}\n`));
    expect(down).toMatchObject({ exitCode: 0 });
    const [, file] = /The backup from before: (\S+)/.exec(down.stdout)!;
    expect(await prod("restore", file!, "--allow-data-loss")).toMatchObject({ exitCode: 2 });
    expect(await prod("restore", file!, "--confirm", name)).toMatchObject({ exitCode: 0 });
    expect(await commandLine(["current", "-q"], { cwd: folder })).toMatchObject({
      stdout: expect.stringContaining("a1") as string,
    });
    expect(await commandLine(["downgrade", "base", "--env", "dev", "-q"], { cwd: folder })).toMatchObject({
      exitCode: 0,
    });
    expect(readdirSync(join(folder, "backups")).filter((each) => each.endsWith(".dump"))).toHaveLength(2);
  });

  test("that lint has no error, and says which it has", async ({ databaseUrl, folder, sql }) => {
    write(folder, databaseUrl, ["lint"]);
    const prod = async (...argv: string[]) => await commandLine([...argv, "--env", "prod", "-q"], { cwd: folder });
    expect(await prod("upgrade", "a1")).toMatchObject({ exitCode: 0 });
    await sql("insert into town values (1)");
    expect(await prod("upgrade")).toMatchObject({
      exitCode: 1,
      stderr: expect.stringMatching(/LINT_FAILED: The configuration requires "lint", and lint has 1 error/) as string,
    });
    expect(await sql("select version_num from alembic_version")).toEqual([{ version_num: "a1" }]);
    expect(await commandLine(["upgrade", "--env", "dev", "-q"], { cwd: folder })).toMatchObject({ exitCode: 0 });
  });
});

test("whoever sits at a terminal is asked for the name before anything is dropped, nobody else", async ({
  databaseUrl,
  folder,
  sql,
}) => {
  await sql("create table a as select 1 as n");
  const args = ["--url", databaseUrl];
  const made = await commandLine(["backup", "--output", "x.dump", ...args], { cwd: folder });
  expect(made).toMatchObject({
    exitCode: 0,
    stdout: expect.stringMatching(/^Wrote x\.dump: .*, 1 table, at base\.\n$/) as string,
  });
  expect(await commandLine(["restore", "x.dump", "--yes", ...args], { cwd: folder })).toMatchObject({
    exitCode: 2,
    stderr: expect.stringMatching(/DATABASE_NOT_EMPTY: What test_\w+ at .* has now is dropped: 1 table/) as string,
  });
  const asked = { cwd: folder, askText: () => Promise.resolve(new URL(databaseUrl).pathname.slice(1)) };
  const restored = await commandLine(["restore", "x.dump", ...args], asked);
  expect(restored).toMatchObject({
    exitCode: 0,
    stdout: expect.stringMatching(/^Restored x\.dump in .*: 1 table\. The database is at base\.\n$/) as string,
  });
  expect(await commandLine(["backup", "--keep", "0", ...args], { cwd: folder })).toMatchObject({ exitCode: 2 });
  expect(await commandLine(["upgrade", "--backup", "--plan", ...args], { cwd: folder })).toMatchObject({ exitCode: 2 });
});

test("the embedded database is backed up by itself, and restored into its folder", async ({ folder }) => {
  writeRevisions(folder, [TOWN]);
  const open = async () => await Limbeck.open({ cwd: folder, url: "pglite://data" });
  const limbeck = await open();
  await limbeck.upgrade();
  const query = async (sql: string) =>
    ((await limbeck.client()) as { query(sql: string): Promise<{ rows: unknown[] }> }).query(sql);
  await query("insert into town select generate_series(1, 1000)");
  const { file, manifest } = await limbeck.backup();
  expect(basename(file)).toMatch(/^data_\d{8}T\d{6}Z\.tar\.gz$/);
  expect(manifest).toMatchObject({ format: "pglite", revisions: ["a1"], objects: { tables: 3 } });
  await query("drop table town");
  await expect(limbeck.restore(file)).rejects.toMatchObject({ code: "DATABASE_NOT_EMPTY" });
  expect(await limbeck.restore(file, { allowDataLoss: true })).toMatchObject({ ok: true, heads: ["a1"] });
  expect((await query("select count(*)::int as n from town")).rows).toEqual([{ n: 1000 }]);
  await limbeck.close();
  // As a kill between the two renames leaves it.
  renameSync(join(folder, "data"), join(folder, "data.replaced"));
  const again = await open();
  expect(await again.current()).toMatchObject({ current: [{ revision: "a1" }] });
  await again.close();
  expect(readdirSync(folder).filter((name) => /\.(?:new|replaced)/.test(name))).toEqual([]);
});
