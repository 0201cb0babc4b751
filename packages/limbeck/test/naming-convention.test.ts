import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, type Sql } from "testkit";
import { Limbeck } from "../src/commands/limbeck.ts";
import { writeRevisions } from "./project.ts";
import { openPsql } from "./psql.ts";

const CONFIG = `export default {
  namingConvention: {
    ix: "ix_%(column_0_label)s",
    uq: "uq_%(table_name)s_%(column_0_N_name)s",
    fk: "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    pk: "pk_%(table_name)s",
  },
};
`;

const REVISION = {
  id: "a1",
  up: `
    op.createTable("country", column("id", "integer", { primaryKey: true }));
    op.createTable("city", column("id", "integer"), column("name", "text"), primaryKey(["id"]), unique(["name", "id"]));
    op.batch("city", (t) => {
      t.addColumn(column("country_id", "integer", { references: { table: "country" } }));
      t.createIndex(null, ["name"]);
      t.createCheckConstraint(null, "id > 0");
      t.createUniqueConstraint("mine", ["name"]);
    });`,
  undo: 'op.dropTable("city"); op.dropTable("country");',
};

const NAMES = [
  "city_id_check",
  "fk_city_country_id_country",
  "ix_city_name",
  "mine",
  "pk_city",
  "pk_country",
  "uq_city_name_id",
];

async function names(sql: Sql): Promise<string[]> {
  const rows = await sql<{ name: string }>(`
    SELECT conname AS name FROM pg_constraint WHERE conrelid IN ('city'::regclass, 'country'::regclass) AND contype <> 'n'
    UNION SELECT indexrelid::regclass::text FROM pg_index WHERE indrelid IN ('city'::regclass, 'country'::regclass)
    ORDER BY name`);
  return rows.map(({ name }) => name).toSorted();
}

test("a run and a script name things by the configuration's convention", async ({ databaseUrl, sql, folder }) => {
  writeFileSync(join(folder, "limbeck.config.ts"), CONFIG);
  writeRevisions(folder, [REVISION]);
  const limbeck = await Limbeck.open({ cwd: folder, url: databaseUrl, lockFile: false });
  await limbeck.upgrade();
  expect(await names(sql)).toEqual(NAMES);
  await limbeck.downgrade("base");
  const script = await limbeck.upgradeSql();
  await limbeck.close();

  await sql("DROP TABLE alembic_version, limbeck_history");
  const psql = openPsql(databaseUrl);
  await psql.run(script);
  await psql.close();
  expect(await names(sql)).toEqual(NAMES);
});
