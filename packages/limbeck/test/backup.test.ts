import { existsSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { Client } from "pg";
import { expect } from "testkit";
import { afterAll, describe } from "vitest";
import { CHECKSUMS, everything } from "./backup-data.ts";
import { stopServerWithPrograms, test } from "./backup-server.ts";
import { writeRevisions } from "./project.ts";

const ROWS = Number(process.env["LIMBECK_BACKUP_ROWS"] ?? 20_000);

afterAll(stopServerWithPrograms);

const CITY = {
  id: "a1",
  up: `op.createTable("town", column("id", "integer"), primaryKey(["id"]));`,
  undo: `op.dropTable("town");`,
};

async function rowsOf(url: string, text: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text)).rows as unknown[];
  } finally {
    await client.end();
  }
}

describe("the round trip", () => {
  test("brings back catalogs and data to the letter, into an empty database and over another state", async ({
    opened,
    sql,
    folder,
    secondUrl,
  }) => {
    writeRevisions(folder, [CITY, { id: "b2", down: "a1" }]);
    const limbeck = await opened();
    await limbeck.upgrade("a1");
    await sql(everything(ROWS));
    const [before, schema] = [await sql(CHECKSUMS), await limbeck.dump()];
    const started = performance.now();
    const { file, manifest } = await limbeck.backup();
    const backedUp = performance.now();
    expect(basename(file)).toMatch(/^test_\w+_\d{8}T\d{6}Z\.dump$/);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(`${file}.json`).mode & 0o777).toBe(0o600);
    expect(JSON.parse(readFileSync(`${file}.json`, "utf8"))).toEqual(manifest);
    expect(manifest).toMatchObject({
      format: "pg_dump",
      revisions: ["a1"],
      objects: {
        tables: 9,
        views: 1,
        "materialized views": 1,
        functions: 2,
        triggers: 1,
        types: 3,
        "large objects": 2,
      },
    });
    expect(readdirSync(join(folder, "backups")).toSorted()).toEqual([
      ".gitignore",
      basename(file),
      `${basename(file)}.json`,
    ]);

    const second = await opened({ url: secondUrl });
    const restored = await second.restore(file);
    if (process.env["LIMBECK_BACKUP_ROWS"] !== undefined) {
      const ms = [backedUp - started, performance.now() - backedUp].map(Math.round);
      console.log(`${ROWS} rows, ${manifest.bytes} bytes: backed up in ${ms[0]} ms, restored in ${ms[1]} ms`);
    }
    expect(restored).toMatchObject({ ok: true, heads: ["a1"], objects: manifest.objects });
    expect(await rowsOf(secondUrl, CHECKSUMS)).toEqual(before);
    expect(await second.dump()).toEqual(schema);

    await limbeck.upgrade();
    await sql(`
      drop table documents; delete from city where name = 'Oslo'; drop view happy; alter type mood add value 'new';
      create schema later; create table later.thing (a mood); create view later.seen as select * from city;
      create function later_too() returns mood language sql as 'select ''ok''::mood'; select lo_unlink(4711);
      create domain other as text; create text search dictionary plain (template = simple);
      create aggregate summed (integer) (sfunc = int4pl, stype = integer);
      create operator === (leftarg = integer, rightarg = integer, function = int4eq);`);
    await expect(limbeck.restore(file)).rejects.toMatchObject({ code: "DATABASE_NOT_EMPTY" });
    expect(await limbeck.restore(file, { allowDataLoss: true })).toMatchObject({ ok: true, heads: ["a1"] });
    expect(await sql(CHECKSUMS)).toEqual(before);
    expect(await limbeck.dump()).toEqual(schema);
  });
});

describe("a backup", () => {
  test("is told of and restored from by the upgrade that fails", async ({ opened, sql, folder }) => {
    writeRevisions(folder, [
      CITY,
      { id: "b2", down: "a1", up: `op.execute("create table x (); select 1 / 0");`, transaction: "none" },
    ]);
    const limbeck = await opened();
    await limbeck.upgrade("a1");
    expect(await limbeck.upgrade("a1", { backup: true })).not.toHaveProperty("backup");
    const error = (await limbeck.upgrade("head", { backup: true }).catch((thrown: unknown) => thrown)) as {
      hint: string;
      details: { backup: string };
    };
    expect(error).toMatchObject({ code: "STATEMENT_FAILED", hint: expect.stringContaining("To go back") as string });
    const [, file] = /limbeck restore (\S+) --allow-data-loss --url \S+$/.exec(error.hint)!;
    expect(existsSync(file!)).toBe(true);
    expect(await limbeck.restore(file!, { allowDataLoss: true })).toMatchObject({ ok: true, heads: ["a1"] });
    expect(await sql("select to_regclass('x') as x")).toEqual([{ x: null }]);
  });

  test("that was damaged is refused, and so is one that is none", async ({ opened, sql, folder, secondUrl }) => {
    await sql("create table t as select 1 as a");
    const { file } = await (await opened()).backup({ output: "one.dump" });
    await expect((await opened()).backup({ output: "one.dump" })).rejects.toMatchObject({ code: "FILE_EXISTS" });
    const second = await opened({ url: secondUrl });
    truncateSync(file, statSync(file).size - 100);
    await expect(second.restore("one.dump")).rejects.toMatchObject({ code: "BACKUP_DAMAGED" });
    writeFileSync(join(folder, "two.dump"), "something else");
    await expect(second.restore("two.dump")).rejects.toMatchObject({ code: "BACKUP_DAMAGED" });
    await expect(second.restore("three.dump")).rejects.toMatchObject({ code: "BACKUP_NOT_FOUND" });
  });
});
