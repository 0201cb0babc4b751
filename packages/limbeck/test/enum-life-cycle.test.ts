import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "testkit";
import { Limbeck } from "../src/index.ts";
import { catalogFacts } from "./catalog-facts.ts";
import { writeRevisions } from "./project.ts";
import { test, type TwoWays } from "./two-ways.ts";

/** Five revisions around one enum: made, used by two tables, grown with its values used at once, cut back, swapped. */
function writeHistory(folder: string): void {
  const columns = '[{ table: "city", column: "mood", default: "ok" }, { table: "lake", column: "moods", array: true }]';
  writeRevisions(folder, [
    {
      id: "a1",
      up: `op.createEnum("mood", ["sad", "ok"]);
  op.createTable("city", column("id", "integer"), column("mood", "mood", { default: "ok" }));
  op.bulkInsert("city", [{ id: 1 }, { id: 2, mood: "sad" }]);`,
      undo: `op.dropTable("city");\n  op.dropEnum("mood");`,
    },
    {
      id: "b2",
      down: "a1",
      up: `op.createTable("lake", column("id", "integer"));
  op.addColumn("lake", column("moods", "mood[]"));
  op.bulkInsert("lake", [{ id: 1, moods: ["sad", "ok"] }]);`,
      undo: `op.dropTable("lake");`,
    },
    {
      id: "c3",
      down: "b2",
      up: `op.addColumn("city", column("note", "text"));
  op.addEnumValue("mood", "great");
  op.bulkInsert("city", [{ id: 3, mood: "great" }]);
  op.addEnumValue("mood", "so-so", { before: "ok" });
  op.alterColumn("city", "mood", { default: "so-so" });
  op.execute("UPDATE lake SET moods = moods || 'so-so'::mood");
  op.createIndex("ix_city_great", "city", ["id"], { where: "mood = 'great'" });
  op.createCheckConstraint("ck_city_mood", "city", "id < 9 OR mood <> 'so-so'");
  op.addEnumValue("mood", "last");
  op.execute("INSERT INTO city VALUES (4, 'last')");`,
      undo: `op.dropConstraint("ck_city_mood", "city");
  op.dropIndex("ix_city_great");
  op.execute("DELETE FROM city WHERE id IN (3, 4)");
  op.execute("UPDATE lake SET moods = array_remove(moods, 'so-so')");
  op.replaceEnumValues("mood", ["sad", "ok"], { columns: ${columns} });
  op.dropColumn("city", "note");`,
    },
    {
      id: "e5",
      down: "d4",
      up: `op.dropConstraint("ck_city_mood", "city");
  op.dropIndex("ix_city_great");
  op.replaceEnumValues("mood", ["sad", "great", "ok"], {
    columns: ${columns},
    map: { grim: "sad", "so-so": "ok", last: "great" },
  });`,
      undo: `op.replaceEnumValues("mood", ["grim", "sad", "so-so", "ok", "great", "last"], {
    columns: [{ table: "city", column: "mood", default: "so-so" }, { table: "lake", column: "moods", array: true }],
  });
  op.execute("UPDATE city SET mood = 'grim' WHERE id = 5; UPDATE city SET mood = 'last' WHERE id = 4");
  op.execute("UPDATE lake SET moods = '{sad,ok,so-so}'");
  op.createIndex("ix_city_great", "city", ["id"], { where: "mood = 'great'" });
  op.createCheckConstraint("ck_city_mood", "city", "id < 9 OR mood <> 'so-so'");`,
    },
  ]);
  const swapBack = `DELETE FROM city WHERE mood = 'grim';
ALTER TABLE city DROP CONSTRAINT ck_city_mood; DROP INDEX ix_city_great;
ALTER TYPE mood RENAME TO old; CREATE TYPE mood AS ENUM ('sad', 'so-so', 'ok', 'great', 'last');
ALTER TABLE city ALTER mood DROP DEFAULT, ALTER mood TYPE mood USING mood::text::mood, ALTER mood SET DEFAULT 'so-so';
ALTER TABLE lake ALTER moods TYPE mood[] USING moods::text[]::mood[]; DROP TYPE old;
CREATE INDEX ix_city_great ON city (id) WHERE mood = 'great';
ALTER TABLE city ADD CONSTRAINT ck_city_mood CHECK (id < 9 OR mood <> 'so-so');`;
  writeFileSync(
    join(folder, "migrations", "d4_step.sql"),
    `-- revision: d4\n-- downRevision: c3\n\n-- upgrade
CREATE TABLE sea (mood mood); ALTER TYPE mood ADD VALUE 'grim' BEFORE 'sad'; INSERT INTO city VALUES (5, 'grim');
INSERT INTO sea VALUES ('grim'); DROP TABLE sea;\n\n-- downgrade\n${swapBack}\n`,
  );
}

const LEVELS = ["base", "a1", "b2", "c3", "d4", "e5"];

/** Goes up one revision at a time and down again. Gives what both databases say at each level. */
async function walk({ upgrade, downgrade }: TwoWays, empty: string[]): Promise<string[][]> {
  const facts = [empty];
  for (const [index, level] of LEVELS.entries()) {
    if (index > 0) facts.push(await upgrade(LEVELS[index - 1]!, level));
  }
  for (let index = LEVELS.length - 2; index >= 0; index--) {
    expect(await downgrade(LEVELS[index + 1]!, LEVELS[index]!), `back at ${LEVELS[index]}`).toEqual(facts[index]);
  }
  return facts;
}

test("an enum lives through its history, step by step or all at once, round after round, run or printed", async ({
  folder,
  open,
}) => {
  writeHistory(folder);
  const ways = await open();
  const empty = await catalogFacts(ways.online);
  const facts = await walk(ways, empty);
  expect(new Set(facts.map((each) => each.join("\n"))).size).toBe(LEVELS.length);
  const enums = facts.map((each) => each.filter((fact) => /^(?:enum|type) .*\bmood\b/.test(fact)).length > 0);
  expect(enums).toEqual([false, true, true, true, true, true]);
  for (const _ of [1, 2]) {
    expect(await ways.upgrade("base", "e5")).toEqual(facts[5]);
    expect(await ways.downgrade("e5", "b2")).toEqual(facts[2]);
    expect(await ways.upgrade("b2", "d4")).toEqual(facts[4]);
    expect(await ways.downgrade("d4", "base")).toEqual(empty);
  }
  expect(await walk(ways, empty)).toEqual(facts);
}, 120_000);

test("the embedded database lives through the same history", async ({ folder }) => {
  writeHistory(folder);
  const limbeck = await Limbeck.open({ url: "pglite://memory", cwd: folder });
  for (const _ of [1, 2]) {
    await limbeck.upgrade();
    await limbeck.downgrade("base");
  }
  for (const _ of LEVELS.slice(1)) await limbeck.upgrade("+1");
  for (const _ of LEVELS.slice(2)) await limbeck.downgrade("-1");
  expect(await limbeck.downgrade("-1")).toMatchObject({ heads: [] });
  await limbeck.close();
});
