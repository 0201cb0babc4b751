import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "testkit";
import { describe } from "vitest";
import { Limbeck, type RunEvent } from "../src/index.ts";
import { writeRevisions } from "./project.ts";
import { limbeck as run } from "./terminal.ts";

const CREATE = {
  id: "a",
  up: `op.createTable("city", column("id", "int"), column("mayor", "text"), column("area", "numeric(12,4)"));`,
  undo: `op.dropTable("city");`,
};

const LOSSES = {
  "a column": `op.dropColumn("city", "mayor");`,
  "a table": `op.dropTable("city");`,
  "rows that are truncated": `op.execute("TRUNCATE city");`,
  digits: `op.alterColumn("city", "area", { type: "numeric(12,2)" });`,
  "a whole value": `op.execute("ALTER TABLE city ALTER mayor TYPE int USING 1");`,
};

describe.each(Object.entries(LOSSES))("an upgrade by which %s would be lost", (_, up) => {
  test("is refused while there are rows, and runs when there are none", async ({ databaseUrl, sql, folder }) => {
    writeRevisions(folder, [CREATE, { id: "b", down: "a", up: `op.createTable("town");` }, { id: "c", down: "b", up }]);
    const limbeck = await Limbeck.open({ url: databaseUrl, cwd: folder });
    try {
      await limbeck.upgrade("a");
      await sql("insert into city values (1, 'Ada', 1.2345)");
      await expect(limbeck.upgrade()).rejects.toMatchObject({
        code: "DATA_LOSS",
        details: { losses: [{ revision: "c" }] },
      });
      expect((await limbeck.current()).current.map(({ revision }) => revision)).toEqual(["a"]);
      await sql("delete from city");
      expect(await limbeck.upgrade()).toMatchObject({ heads: ["c"] });
    } finally {
      await limbeck.close();
    }
  });
});

describe("the loss of data is allowed", () => {
  const allowed = [
    ["by an operation's allowance", `op.allow("drop-column", "unused");\nop.dropColumn("city", "mayor");`, {}],
    ["by a comment", `op.execute("-- limbeck: allow drop-column because unused\\nALTER TABLE city DROP mayor");`, {}],
    ["by the configuration", `op.dropColumn("city", "mayor");`, { allowDataLoss: true }],
  ] as const;
  test.for(allowed)("%s", async ([, up, options], { databaseUrl, sql, folder }) => {
    writeRevisions(folder, [CREATE, { id: "b", down: "a", up }]);
    const limbeck = await Limbeck.open({ url: databaseUrl, cwd: folder, ...options });
    try {
      await limbeck.upgrade("a");
      await sql("insert into city values (1, 'Ada', 1)");
      expect(await limbeck.upgrade()).toMatchObject({ heads: ["b"] });
      expect(await limbeck.downgrade("base"), "a downgrade is not refused").toMatchObject({ heads: [] });
    } finally {
      await limbeck.close();
    }
  });

  test("on a terminal by a yes, on the command line by a flag, and by nothing else", async ({
    databaseUrl,
    sql,
    folder,
  }) => {
    writeRevisions(folder, [
      CREATE,
      {
        id: "b",
        down: "a",
        up: `op.dropColumn("city", "mayor");`,
        undo: `op.addColumn("city", column("mayor", "text"));`,
      },
    ]);
    const upgrade = (argv: readonly string[], answer?: boolean) =>
      run(["upgrade", "--url", databaseUrl, ...argv], {
        cwd: folder,
        ...(answer !== undefined && { ask: () => Promise.resolve(answer) }),
      });
    expect(await upgrade(["a"])).toMatchObject({ exitCode: 0 });
    await sql("insert into city values (1, 'Ada', 1)");
    expect(await upgrade([])).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("DATA_LOSS") as string });
    expect(await upgrade([], false), "the default is no").toMatchObject({ exitCode: 2 });
    expect(await upgrade(["--yes"], true), "nobody is asked, and nobody has said yes").toMatchObject({ exitCode: 2 });
    expect(await upgrade([], true)).toMatchObject({ exitCode: 0 });
    expect(await run(["downgrade", "a", "--url", databaseUrl], { cwd: folder })).toMatchObject({ exitCode: 0 });
    expect(await upgrade(["--allow-data-loss"])).toMatchObject({ exitCode: 0 });
  });
});

test("a table that somebody has locked is not waited for", async ({ databaseUrl, sql, folder }) => {
  writeRevisions(folder, [CREATE, { id: "b", down: "a", up: `op.dropColumn("city", "mayor");` }]);
  const limbeck = await Limbeck.open({ url: databaseUrl, cwd: folder });
  try {
    await limbeck.upgrade("a");
    await sql("insert into city values (1, 'Ada', 1)");
    await sql("analyze city");
    await sql("begin; lock table city");
    const started = performance.now();
    await expect(limbeck.upgrade()).rejects.toMatchObject({ code: "DATA_LOSS" });
    expect(performance.now() - started).toBeLessThan(10_000);
  } finally {
    await sql("rollback");
    await limbeck.close();
  }
});

test("an upgrade tells what lint finds, once, and enters the revision's code once", async ({
  databaseUrl,
  sql,
  folder,
}) => {
  writeRevisions(folder, [CREATE]);
  writeFileSync(
    join(folder, "migrations", "b.ts"),
    `export const revision = "b";\nexport const downRevision = "a";\n\nexport function upgrade(op) {\n` +
      `  globalThis.entered = (globalThis.entered ?? 0) + 1;\n  op.createIndex("ix", "city", ["mayor"]);\n}\n`,
  );
  const heard: RunEvent[] = [];
  const limbeck = await Limbeck.open({ url: databaseUrl, cwd: folder, onEvent: (event) => void heard.push(event) });
  try {
    await limbeck.upgrade("a");
    await sql("insert into city select n, repeat('x', 1000), 1 from generate_series(1, 20000) n");
    expect(
      heard.filter(({ type }) => type === "finding"),
      "nobody uses a table that is new",
    ).toEqual([]);
    await limbeck.upgrade();
    expect(heard.filter(({ type }) => type === "finding")).toEqual([
      expect.objectContaining({ rule: "create-index-blocking", severity: "error", revision: "b" }),
    ]);
    expect((globalThis as { entered?: number }).entered).toBe(1);
  } finally {
    await limbeck.close();
  }
});
