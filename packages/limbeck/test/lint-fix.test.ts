import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "testkit";
import { Limbeck } from "../src/index.ts";
import { writeRevisions } from "./project.ts";

const TABLES = {
  id: "r1",
  down: null,
  up: `op.createTable("city", column("id", "bigint", { nullable: false }), column("name", "text"), column("size", "integer"), column("country", "bigint"), primaryKey(["id"]));
  op.createTable("country", column("id", "bigint", { nullable: false }), primaryKey(["id"]));
  op.createIndex("ix_old", "city", ["size"]);`,
  undo: `op.dropTable("city"); op.dropTable("country");`,
};

const TYPESCRIPT = {
  id: "r2",
  down: "r1",
  message: "Make it quick.",
  up: `  // The author's own words stay as they are.
  op.createIndex( "ix_name", "city",
    ["name"],
  );
  op.createIndex("ix_both", "city", ["name", "size"], { unique: false });
  op.createIndex("ix_lines", "city", ["size", "name"], {
    where: "size > 0", // only those
  });
  op.dropIndex("ix_old");
  op.createForeignKey("fk_country", "city", "country", ["country"], ["id"]);
  op.createCheckConstraint("ck_size", "city", "size > 0");
  op.createUniqueConstraint("uq_name", "city", ["name"]);
  op.alterColumn("city", "name", { nullable: false });
  for (const name of ["size", "country"]) op.alterColumn("city", name, { nullable: false });
  const options = { where: "size > 1" };
  op.createIndex("ix_given", "city", ["size"], options);
  op.createPrimaryKey(null, "city", ["size"]);
  op.execute(sql\`CREATE INDEX ix_raw ON city (size)\`);`,
  undo: `  op.dropIndex("ix_lines");
  op.dropIndex("ix_both", { ifExists: true });
  op.dropIndex("ix_name", { concurrently: true });
  op.createIndex("ix_old", "city", ["size"]);`,
};

const FIXED = `  // The author's own words stay as they are.
  op.createIndex( "ix_name", "city",
    ["name"], { concurrently: true },
  );
  op.createIndex("ix_both", "city", ["name", "size"], { unique: false, concurrently: true });
  op.createIndex("ix_lines", "city", ["size", "name"], {
    where: "size > 0", // only those
    concurrently: true,
  });
  op.dropIndex("ix_old", { concurrently: true });
  op.createForeignKey("fk_country", "city", "country", ["country"], ["id"], { notValid: true });
  op.validateConstraint("fk_country", "city");
  op.createCheckConstraint("ck_size", "city", "size > 0", { notValid: true });
  op.validateConstraint("ck_size", "city");
  op.createIndex("uq_name", "city", ["name"], { unique: true, concurrently: true });
  op.createUniqueConstraint("uq_name", "city", [], { usingIndex: "uq_name" });
  op.createCheckConstraint("city_name_is_not_null", "city", "name IS NOT NULL", { notValid: true });
  op.validateConstraint("city_name_is_not_null", "city");
  op.alterColumn("city", "name", { nullable: false });
  op.dropConstraint("city_name_is_not_null", "city");
  for (const name of ["size", "country"]) op.alterColumn("city", name, { nullable: false });
  const options = { where: "size > 1" };
  op.createIndex("ix_given", "city", ["size"], options);
  op.createPrimaryKey(null, "city", ["size"]);
  op.execute(sql\`CREATE INDEX ix_raw ON city (size)\`);`;

const FIXED_UNDO = `  op.dropIndex("ix_lines", { concurrently: true });
  op.dropIndex("ix_both", { ifExists: true, concurrently: true });
  op.dropIndex("ix_name", { concurrently: true });
  op.createIndex("ix_old", "city", ["size"], { concurrently: true });`;

test("lint --fix writes the safe form into a revision in TypeScript, and leaves the rest of it alone", async ({
  folder,
}) => {
  const migrations = writeRevisions(folder, [TABLES, TYPESCRIPT]);
  const path = join(migrations, "r2_step.ts");
  const before = readFileSync(path, "utf8");
  const limbeck = await Limbeck.open({ cwd: folder, url: "pglite://none", migrations });
  const preview = await limbeck.lint({ static: true, fix: "preview" });
  expect(preview.fixes?.written).toBe(false);
  expect(readFileSync(path, "utf8")).toBe(before);
  const { fixes, findings } = await limbeck.lint({ static: true, fix: true });
  const after = readFileSync(path, "utf8");
  const again = await limbeck.lint({ static: true, fix: true });
  await limbeck.close();
  expect(after).toBe(before.replace(TYPESCRIPT.up, FIXED).replace(TYPESCRIPT.undo, FIXED_UNDO));
  expect(fixes?.files).toEqual(preview.fixes?.files);
  expect(fixes?.files[0]?.difference).toContain(`-    ["name"],\n+    ["name"], { concurrently: true },\n   );`);
  expect(fixes?.notFixed.map(({ rule, reason }) => `${rule}: ${reason}`)).toEqual([
    "set-not-null: the call is a part of something else",
    "set-not-null: the call is a part of something else",
    "create-index-blocking: its options are no object that concurrently could be added to",
    "create-index-blocking: it is SQL inside of TypeScript",
  ]);
  expect(findings.map(({ rule }) => rule)).toEqual([
    "set-not-null",
    "set-not-null",
    "create-index-blocking",
    "add-primary-key",
    "create-index-blocking",
  ]);
  expect(again.fixes?.files).toEqual([]);
  expect(readFileSync(path, "utf8")).toBe(after);
});

const SQL = `-- revision: r2
-- downRevision: r1
-- Make it quick.

-- upgrade
CREATE INDEX ix_name ON city (name);
drop index ix_old;

-- each city has a country
alter table city add constraint fk_country foreign key (country) references country;
alter table city add constraint ck_word check (name <> 'NOT VALID, ON CHECK');
ALTER TABLE city ADD CONSTRAINT uq_name UNIQUE (name);
ALTER TABLE city ALTER COLUMN name SET NOT NULL;
ALTER TABLE city ADD CONSTRAINT ck_more CHECK (size > 1) -- not so many
;
ALTER TABLE city ADD CHECK (size > 0), ADD COLUMN more text;

-- downgrade
DROP INDEX IF EXISTS ix_name;
create index ix_old on city (size);
ALTER TABLE city DROP COLUMN more, DROP CONSTRAINT ck_word, DROP CONSTRAINT ck_more, DROP CONSTRAINT uq_name, DROP CONSTRAINT fk_country, ALTER COLUMN name DROP NOT NULL, DROP CONSTRAINT city_size_check;
`;

const FIXED_SQL = `-- revision: r2
-- downRevision: r1
-- Make it quick.

-- upgrade
CREATE INDEX CONCURRENTLY ix_name ON city (name);
drop index concurrently ix_old;

-- each city has a country
alter table city add constraint fk_country foreign key (country) references country not valid;
-- limbeck: no-transaction
alter table city validate constraint fk_country;
alter table city add constraint ck_word check (name <> 'NOT VALID, ON CHECK') not valid;
-- limbeck: no-transaction
alter table city validate constraint ck_word;
CREATE UNIQUE INDEX CONCURRENTLY uq_name ON city (name);
ALTER TABLE city ADD CONSTRAINT uq_name UNIQUE USING INDEX uq_name;
ALTER TABLE city ADD CONSTRAINT city_name_is_not_null CHECK (name IS NOT NULL) NOT VALID;
-- limbeck: no-transaction
ALTER TABLE city VALIDATE CONSTRAINT city_name_is_not_null;
ALTER TABLE city ALTER COLUMN name SET NOT NULL;
ALTER TABLE city DROP CONSTRAINT city_name_is_not_null;
ALTER TABLE city ADD CONSTRAINT ck_more CHECK (size > 1) -- not so many
;
ALTER TABLE city ADD CHECK (size > 0), ADD COLUMN more text;

-- downgrade
DROP INDEX CONCURRENTLY IF EXISTS ix_name;
create index concurrently ix_old on city (size);
ALTER TABLE city DROP COLUMN more, DROP CONSTRAINT ck_word, DROP CONSTRAINT ck_more, DROP CONSTRAINT uq_name, DROP CONSTRAINT fk_country, ALTER COLUMN name DROP NOT NULL, DROP CONSTRAINT city_size_check;
`;

test("what lint --fix has written into a revision in SQL runs, up and down, and an applied revision stays as it was", async ({
  databaseUrl,
  folder,
  sql,
}) => {
  const migrations = writeRevisions(folder, [TABLES]);
  const path = join(migrations, "r2_step.sql");
  writeFileSync(path, SQL);
  const limbeck = await Limbeck.open({ cwd: folder, url: databaseUrl, migrations });
  await limbeck.upgrade("r1");
  await sql("insert into city (id, name, size) values (1, 'a', 2)");
  const { findings, fixes } = await limbeck.lint({ fix: true });
  expect(readFileSync(path, "utf8")).toBe(FIXED_SQL);
  expect(fixes?.notFixed).toMatchObject([
    { rule: "add-check-constraint", line: 14 },
    { rule: "add-check-constraint", line: 16 },
  ]);
  expect(findings.map(({ rule }) => rule)).toEqual(["add-check-constraint", "add-check-constraint"]);
  await limbeck.upgrade();
  const [{ valid }] = (await sql("select bool_and(convalidated) as valid from pg_constraint")) as [{ valid: boolean }];
  expect(valid).toBe(true);
  await limbeck.downgrade("r1");
  await limbeck.upgrade();
  const applied = await limbeck.lint({ range: "r2", fix: true });
  await limbeck.close();
  expect(applied.fixes?.files).toEqual([]);
  expect(applied.fixes?.notFixed).toMatchObject(
    findings.map(() => ({ reason: "the revision is applied: its file stays as it was run" })),
  );
});
