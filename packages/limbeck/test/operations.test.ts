import { expect, test, type Sql } from "testkit";
import { reverseOf, sourceOf, statementsOf } from "../src/operations/catalogue.ts";
import { LOCK_MODES, type Lock, type LockMode } from "../src/operations/language/statement.ts";
import type { Operation } from "../src/operations/operation.ts";
import { evaluated } from "./evaluated.ts";

/** Options by the first version of PostgreSQL that knows them: on a server before it, a call is made without. */
const OPTIONS_SINCE: Readonly<Record<string, number>> = { "nullsNotDistinct: true": 15 };

async function operationsFor(sql: Sql, calls: readonly string[]): Promise<[call: string, operation: Operation][]> {
  const [server] = await sql<{ major: number }>("select current_setting('server_version_num')::int / 10000 as major");
  const unknown = Object.keys(OPTIONS_SINCE).filter((option) => OPTIONS_SINCE[option]! > server!.major);
  const without = (call: string) =>
    unknown.reduce((text, option) => text.replace(`${option}, `, "").replace(option, ""), call);
  return calls.map((call) => [call, evaluated(without(call))]);
}

/** A day in the life of a schema. */
const SCENARIO = [
  'op.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")',
  'op.createSchema("atlas")',
  'op.createEnum("mood", ["sad", "ok"], { schema: "atlas" })',
  'op.addEnumValue("mood", "happy", { schema: "atlas", after: "ok" })',
  'op.renameEnumValue("mood", "ok", "fine", { schema: "atlas" })',
  'op.renameEnum("mood", "temper", { schema: "atlas" })',
  'op.createSequence("number", { schema: "atlas", start: 1000, increment: 5, type: "integer", cycle: true })',
  'op.createTable("country", column("id", "integer", { identity: { always: true, start: 10 } }), column("code", "char(2)"), column("label", "varchar(9)", { default: "" }), { schema: "atlas" })',
  `op.createTable(
    "city",
    column("id", "bigint", { nullable: false, default: sql\`nextval('atlas.number')\` }),
    column("name", "varchar(255)", { nullable: false, collation: "C", comment: "It's \\\\ a name" }),
    column("Country", "integer"),
    column("size", "real", { default: -1.5, check: "size <> 0" }),
    column("area", "double precision", { generated: { expression: sql\`size * \${2}\` } }),
    column("tags", "text[]", { default: ["a,b", 'c"d', null, "e\\\\f"] }),
    column("data", "jsonb", { default: [{ "it's": [1, null] }] }),
    column("raw", "bytea", { default: Uint8Array.of(0, 92, 255) }),
    column("big", "numeric", { default: 9007199254740993n }),
    column("open", "tstzrange"),
    column("mood", "atlas.temper", { default: "fine" }),
    unique(["name"], { name: "uq_name", nullsNotDistinct: true, include: ["size"], deferrable: true }),
    check("name <> ''", { name: "ck_name", noInherit: true }),
    exclude([{ element: "name", operator: "=" }, { element: "open", operator: "&&" }], { name: "ex_open", where: "size > 0" }),
    { schema: "atlas", comment: "Places", with: { fillfactor: 70 } },
  )`,
  'op.createPrimaryKey("pk_country", "country", ["id"], { schema: "atlas", include: ["code"] })',
  'op.createUniqueConstraint("uq_code", "country", ["code"], { schema: "atlas" })',
  'op.createIndex("ux_city", "city", ["id"], { schema: "atlas", unique: true, concurrently: true })',
  'op.createPrimaryKey("pk_city", "city", [], { schema: "atlas", usingIndex: "ux_city" })',
  'op.createForeignKey("fk_country", "city", "country", ["Country"], ["id"], { sourceSchema: "atlas", referentSchema: "atlas", onDelete: "set null", onUpdate: "cascade", match: "full", deferrable: true, initially: "deferred", notValid: true })',
  'op.createCheckConstraint("ck_size", "city", "size < 1000", { schema: "atlas", notValid: true })',
  'op.validateConstraint("ck_size", "city", { schema: "atlas" })',
  'op.validateConstraint("fk_country", "city", { schema: "atlas" })',
  'op.createExcludeConstraint("ex_name", "city", [{ element: sql`lower(name)`, collation: "C", operator: "=" }], { schema: "atlas", initially: "deferred", deferrable: true })',
  'op.renameConstraint("city", "ck_size", "ck_city_size", { schema: "atlas" })',
  'op.createIndex("ix_city", "city", [{ column: "name", opclass: "varchar_pattern_ops", order: "desc", nulls: "last" }, sql`size + 1`], { schema: "atlas", where: "size > 0", include: ["raw"] })',
  'op.renameIndex("ix_city", "ix_city_name", { schema: "atlas" })',
  'op.addColumn("city", column("capital_of", "integer", { comment: "or null", references: { table: "country", schema: "atlas", columns: ["id"], onDelete: "cascade" } }), { schema: "atlas" })',
  'op.addColumn("city", column("twin", "bigint", { references: { table: "city", schema: "atlas" } }), { schema: "atlas" })',
  'op.createTableComment("country", "Lands", { schema: "atlas" })',
  `op.bulkInsert("country", [{ code: "NO" }, { code: "SE" }], { schema: "atlas" })`,
  `op.bulkInsert(
    "city",
    [
      { name: "O'slo", Country: 10, tags: ["x", "y'z\\\\"], open: sql\`tstzrange(now(), NULL)\` },
      { name: "100 % :name $1", size: -0.5, data: { a: "b" }, mood: null },
    ],
    { schema: "atlas" },
  )`,
  "op.execute(sql`UPDATE atlas.city SET data = ${{ note: 'it\\'s' }} WHERE name = ${\"O'slo\"}`)",
  'op.backfill("city", { schema: "atlas", set: { size: 1.5 }, where: "size IS NULL", key: ["id"] })',
  'op.alterColumn("city", "mood", { schema: "atlas", type: "text", using: "mood::text", default: "none", nullable: true, comment: "How" })',
  'op.alterColumn("city", "mood", { schema: "atlas", comment: null, rename: "feeling", default: null })',
  'op.renameColumn("city", "feeling", "mood", { schema: "atlas" })',
  'op.alterColumn("country", "label", { schema: "atlas", type: "text", collation: "C", nullable: false })',
  'op.dropEnum("temper", { schema: "atlas" })',
  'op.renameTable("city", "town", { schema: "atlas" })',
  'op.dropConstraint("uq_name", "town", { schema: "atlas", type: "unique" })',
  'op.dropConstraint("no_such", "town", { schema: "atlas", ifExists: true })',
  'op.dropIndex("ix_city_name", { schema: "atlas", table: "town" })',
  'op.createIndex("ix_town", "town", ["size"], { schema: "atlas" })',
  'op.dropIndex("ix_town", { schema: "atlas", table: "town", concurrently: true })',
  'op.dropColumn("town", "tags", { schema: "atlas" })',
  'op.dropTableComment("country", { schema: "atlas" })',
  'op.execute("VACUUM atlas.town", { transaction: false })',
  'op.dropConstraint("fk_country", "town", { schema: "atlas" })',
  'op.dropTable("country", { schema: "atlas", cascade: true })',
  'op.dropTable("town", { schema: "atlas" })',
  'op.dropSequence("number", { schema: "atlas" })',
  'op.dropSchema("atlas")',
];

test("a schema lives through a day of operations, and each takes the locks that it declares", async ({ sql }) => {
  const before = await facts(sql);
  const undeclared: string[] = [];
  for (const [, operation] of await operationsFor(sql, SCENARIO)) {
    const statements = statementsOf(operation);
    const text = statements.map((statement) => statement.text).join(";\n");
    if (!statements.every(({ transactional }) => transactional)) {
      await sql(text);
      continue;
    }
    const taken = await locksOf(sql, text);
    const declared = strongest(statements.flatMap(({ locks }) => locks));
    for (const [relation, mode] of declared) expect(taken.get(relation)?.mode, `${text}\n${relation}`).toBe(mode);
    for (const [relation, { mode, isTable }] of taken) {
      if (isTable && !declared.has(relation)) undeclared.push(`${sourceOf(operation)}: ${mode} on ${relation}`);
    }
  }
  // What raw SQL does, and which tables are tied to another by a foreign key, only the database knows.
  expect(undeclared).toMatchInlineSnapshot(`
    [
      "op.validateConstraint("fk_country", "city", { schema: "atlas" }): ROW SHARE on atlas.country",
      "op.execute(sql\`UPDATE atlas.city SET data = '{"note":"it''s"}' WHERE name = 'O''slo'\`): ROW EXCLUSIVE on atlas.city",
      "op.dropConstraint("fk_country", "town", { schema: "atlas" }): ACCESS EXCLUSIVE on atlas.country",
      "op.dropTable("country", { schema: "atlas", cascade: true }): ACCESS EXCLUSIVE on atlas.town",
    ]
  `);
  expect(await facts(sql)).toEqual(before);
});

interface TakenLock extends Lock {
  readonly isTable: boolean;
}

/** Commits statements, and tells the strongest lock that they took on each relation that was there before. */
async function locksOf(sql: Sql, text: string): Promise<Map<string, TakenLock>> {
  const rows = await sql<TakenLock>(`
    BEGIN;
    CREATE TEMPORARY TABLE existing ON COMMIT DROP AS
      SELECT oid, oid::regclass::text AS relation, relkind = 'r' AS "isTable" FROM pg_class
      WHERE relnamespace IN (SELECT oid FROM pg_namespace WHERE nspname IN ('public', 'atlas'));
    ${text};
    SELECT existing.relation, mode, "isTable" FROM pg_locks JOIN existing ON oid = pg_locks.relation
    WHERE pid = pg_backend_pid()`);
  await sql("COMMIT");
  const locks = rows.map((row) => ({ ...row, mode: lockMode(row.mode) })).toSorted(byStrength);
  return new Map(locks.map((lock) => [lock.relation, lock]));
}

function strongest(locks: readonly Lock[]): Map<string, LockMode> {
  return new Map(locks.toSorted(byStrength).map(({ relation, mode }) => [relation, mode]));
}

function byStrength(a: Lock, b: Lock): number {
  return LOCK_MODES.indexOf(a.mode) - LOCK_MODES.indexOf(b.mode);
}

/** `AccessExclusiveLock`, as `pg_locks` has it, in the manual's words. */
function lockMode(name: string): LockMode {
  const words = name.replace(/Lock$/, "").replace(/(?<=[a-z])(?=[A-Z])/g, " ");
  return words.toUpperCase() as LockMode;
}

const REVERSIBLE = [
  'op.createSchema("s")',
  'op.createEnum("e", ["a", "it\'s"])',
  'op.createSequence("s", { start: 5 })',
  'op.createTable("u", column("id", "serial", { primaryKey: true, comment: "c" }), foreignKey(["id"], "t", ["id"]), { comment: "c" })',
  'op.addColumn("t", column("b", "text", { default: "it\'s", nullable: false, comment: "c", unique: true }))',
  'op.createIndex("ix", "t", [{ column: "name", order: "desc" }], { where: "id > 0", include: ["id"] })',
  'op.createIndex("ux", "t", ["name"], { unique: true, concurrently: true })',
  'op.createPrimaryKey("pk", "v", ["id"])',
  'op.createUniqueConstraint("uq", "t", ["name"], { nullsNotDistinct: true })',
  'op.createForeignKey("fk", "v", "t", ["id"], ["id"], { onDelete: "cascade" })',
  'op.createCheckConstraint("ck", "t", "id > 0", { notValid: true })',
  'op.createExcludeConstraint("ex", "t", [{ element: "span", operator: "&&" }])',
  'op.createTableComment("t", "c", { existingComment: "The table" })',
  'op.createTableComment("v", "c")',
  'op.dropTableComment("t", { existingComment: "The table" })',
  'op.dropEnum("free", { values: ["x", "y"] })',
  'op.renameTable("t", "u")',
  'op.renameColumn("t", "name", "title")',
  'op.renameIndex("ix_name", "ix_title")',
  'op.renameConstraint("t", "pk_t", "key_t")',
  'op.renameEnum("mood", "temper")',
  'op.renameEnumValue("mood", "ok", "fine")',
  'op.alterColumn("t", "mood", { type: "text", default: "none", nullable: false, comment: "c", rename: "feeling", existing: { type: "mood", using: "feeling::mood", default: "ok", nullable: true, comment: null } })',
  'op.alterColumn("t", "name", { type: "varchar(5)", collation: "POSIX", existing: { type: "text", collation: "C" } })',
  'op.alterColumn("t", "name", { default: null, comment: "new", existing: { default: "x", comment: "old" } })',
];

test("an operation and its reverse leave nothing behind, and the operation can be done again", async ({ sql }) => {
  await sql(`
    CREATE TYPE mood AS ENUM ('sad', 'ok');
    CREATE TYPE free AS ENUM ('x', 'y');
    CREATE TABLE t (
      id integer CONSTRAINT pk_t PRIMARY KEY, name text COLLATE "C" DEFAULT 'x', mood mood DEFAULT 'ok', span int4range
    );
    CREATE TABLE v (id integer NOT NULL);
    CREATE INDEX ix_name ON t (name);
    COMMENT ON TABLE t IS 'The table';
    COMMENT ON COLUMN t.name IS 'old'`);
  const before = await facts(sql);
  const run = async (operation: Operation) => {
    for (const { text } of statementsOf(operation)) await sql(text);
  };
  for (const [call, operation] of await operationsFor(sql, REVERSIBLE)) {
    const undo = async () => {
      for (const reverse of reversed(operation)) await run(reverse);
    };
    await run(operation);
    const after = await facts(sql);
    expect(after, call).not.toEqual(before);
    await undo();
    expect(await facts(sql), call).toEqual(before);
    await run(operation);
    expect(await facts(sql), call).toEqual(after);
    await undo();
  }
});

function reversed(operation: Operation): readonly Operation[] {
  const reversal = reverseOf(operation);
  if ("notReversible" in reversal) throw new Error(reversal.notReversible);
  return reversal.operations;
}

/** What the catalogs say, in PostgreSQL's own words. */
async function facts(sql: Sql): Promise<string[]> {
  const rows = await sql<{ fact: string }>(`
    WITH space AS (SELECT oid, nspname FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'),
    relation AS (SELECT c.* FROM pg_class c JOIN space ON space.oid = relnamespace)
    SELECT concat_ws(' ', 'schema', nspname) AS fact FROM space
    UNION ALL
    SELECT concat_ws(' ', 'relation', relkind, oid::regclass, relpersistence, reloptions, obj_description(oid, 'pg_class'))
    FROM relation
    UNION ALL
    SELECT concat_ws(' ', 'column', attrelid::regclass, row_number() OVER (PARTITION BY attrelid ORDER BY attnum), attname,
      format_type(atttypid, atttypmod), attnotnull, attidentity, attcollation::regcollation,
      pg_get_expr(adbin, adrelid), col_description(attrelid, attnum))
    FROM relation JOIN pg_attribute ON attrelid = relation.oid LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
    WHERE attnum > 0 AND NOT attisdropped AND relkind = 'r'
    UNION ALL
    SELECT concat_ws(' ', 'constraint', conrelid::regclass, conname, pg_get_constraintdef(oid), convalidated)
    FROM pg_constraint WHERE connamespace IN (SELECT oid FROM space)
    UNION ALL
    SELECT concat_ws(' ', 'index', pg_get_indexdef(indexrelid), indisvalid)
    FROM pg_index WHERE indexrelid IN (SELECT oid FROM relation)
    UNION ALL
    SELECT concat_ws(' ', 'enum', enumtypid::regtype, string_agg(enumlabel, ',' ORDER BY enumsortorder))
    FROM pg_enum GROUP BY enumtypid
    UNION ALL
    SELECT concat_ws(' ', 'sequence', schemaname, sequencename, start_value, increment_by, last_value) FROM pg_sequences
    ORDER BY fact`);
  return rows.map(({ fact }) => fact);
}
