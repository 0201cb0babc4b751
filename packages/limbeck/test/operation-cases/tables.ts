import type { CasesByKind } from "./case.ts";

/** The same SQL for the schema `public`, and for one with a name. */
function both(sql: string): string {
  return ["public", "atlas"].map((schema) => sql.replaceAll("$", schema)).join(";\n");
}

const ATLAS = "CREATE SCHEMA atlas";
const CITY = `${ATLAS};
  ${both(`
    CREATE TABLE $.country (id integer PRIMARY KEY);
    CREATE TABLE $.city (
      id integer NOT NULL, name text DEFAULT 'x', code text, size real, mayor text, rank integer,
      country_id integer, story text);
    COMMENT ON COLUMN $.city.size IS 'In km²'`)}`;
const CONSTRAINED = `${CITY};
  ${both("ALTER TABLE $.city ADD CONSTRAINT ck_city_name CHECK (name <> '')")}`;
const REFERRING = `${CITY};
  ${both("ALTER TABLE $.city ADD CONSTRAINT fk_city_country FOREIGN KEY (country_id) REFERENCES $.country NOT VALID")}`;
const INDEXED = `${CITY}; ${both("CREATE INDEX ix_city_name ON $.city (name)")}`;
const STAY = `${ATLAS};
  CREATE EXTENSION btree_gist;
  ${both("CREATE TABLE $.stay (during tstzrange, guest text, cancelled boolean)")}`;
const MOOD = `${ATLAS}; ${both("CREATE TYPE $.mood AS ENUM ('sad', 'ok', 'happy')")}`;

/** Tables with their columns, constraints and indexes, and what there is beside them in every database. */
export const tableCases = {
  createTable: {
    setup: ATLAS,
    examples: [
      {},
      { setup: "CREATE TABLE city (id integer PRIMARY KEY)" },
      { setup: "CREATE TABLE city (id integer)", minVersion: 15 },
      { setup: "CREATE TABLE atlas.reading (at date) PARTITION BY RANGE (at)" },
      { setup: "CREATE TABLE city (id integer PRIMARY KEY)", traceless: true },
    ],
  },
  addColumn: { setup: `${ATLAS}; ${both("CREATE TABLE $.city (id integer); INSERT INTO $.city VALUES (1)")}` },
  alterColumn: {
    setup: CITY,
    examples: [
      { irreversible: true },
      { setup: "CREATE TYPE mood AS ENUM ('ok'); ALTER TABLE city ADD mood text", irreversible: true },
      { irreversible: true },
      {},
      { irreversible: true },
      { irreversible: true },
    ],
    more: [
      {
        op: 'op.alterColumn("city", "note", { type: "text", nullable: true, default: null, comment: "Now", rename: "story2" })',
        made: [
          'op.addColumn("city", column("note", "varchar(9)", { nullable: false, default: "x", collation: "POSIX" }))',
        ],
      },
    ],
  },
  dropColumn: {
    setup: `${ATLAS}; ${both("CREATE TABLE $.city (id integer)")}`,
    examples: [
      {
        made: [
          'op.addColumn("city", column("mayor", "text", { nullable: false, default: "nobody", comment: "Head" }))',
        ],
      },
      { setup: "ALTER TABLE atlas.city ADD mayor text", irreversible: true },
    ],
  },
  renameColumn: { setup: CITY },
  renameTable: { setup: CITY },
  dropTable: {
    examples: [
      {
        made: [
          'op.createTable("city", column("id", "integer", { primaryKey: true }), column("name", "text"), { comment: "Places" })',
          'op.createIndex("ix_city", "city", ["name"])',
        ],
      },
      { setup: CITY, irreversible: true },
    ],
  },
  createTableComment: {
    setup: CITY,
    examples: [{}, { setup: "COMMENT ON TABLE atlas.city IS 'Places'" }],
  },
  dropTableComment: {
    setup: `${CITY}; COMMENT ON TABLE atlas.city IS 'Where people live'`,
    examples: [{ made: ['op.createTableComment("city", "Places")'] }],
  },

  createPrimaryKey: {
    setup: CITY,
    examples: [
      {},
      { setup: "CREATE UNIQUE INDEX ux_city_id ON city (id)", irreversible: true },
      { irreversible: true },
    ],
  },
  createUniqueConstraint: {
    setup: CITY,
    examples: [
      {},
      { setup: "CREATE UNIQUE INDEX ux_city_name ON city (name)", irreversible: true },
      { minVersion: 15, irreversible: true },
    ],
  },
  createCheckConstraint: { setup: CITY, examples: [{}, {}, { irreversible: true }] },
  createForeignKey: {
    setup: `${CITY};
      CREATE SCHEMA world;
      CREATE TABLE world.country (id integer PRIMARY KEY);
      CREATE TABLE person (country integer, id text, PRIMARY KEY (country, id));
      ALTER TABLE city ADD country integer`,
    examples: [{}, {}, { minVersion: 15 }],
  },
  createExcludeConstraint: { setup: STAY, examples: [{}, { irreversible: true }] },
  validateConstraint: {
    setup: REFERRING,
    stays: true,
    examples: [{ alsoLocks: ["country"] }, { alsoLocks: ["atlas.country"] }],
  },
  renameConstraint: { setup: CONSTRAINED },
  dropConstraint: {
    setup: CITY,
    examples: [
      { made: [`op.createCheckConstraint("ck_city_name", "city", "name <> ''", { notValid: true })`] },
      { setup: "ALTER TABLE atlas.city ADD CONSTRAINT pk_city PRIMARY KEY (id)", irreversible: true },
    ],
    more: [
      {
        op: 'op.dropConstraint("fk", "city", { type: "foreignkey" })',
        made: ['op.createForeignKey("fk", "city", "country", ["country_id"], ["id"], { onDelete: "cascade" })'],
        alsoLocks: ["country"],
      },
    ],
  },

  createIndex: {
    setup: CITY,
    examples: [{}, {}, { minVersion: 15 }, {}, { setup: "CREATE EXTENSION pg_trgm", minVersion: 15 }],
  },
  renameIndex: { setup: INDEXED },
  dropIndex: {
    setup: CITY,
    examples: [
      {
        made: ['op.createIndex("ix_city_name", "city", [{ column: "name", order: "desc" }], { where: "size > 0" })'],
        alsoLocks: ["city"],
      },
      { made: ['op.createIndex("ix_city_name", "city", [sql`lower(name)`], { unique: true, concurrently: true })'] },
      { setup: "CREATE INDEX ix_city_name ON atlas.city (name)", irreversible: true, alsoLocks: ["atlas.city"] },
    ],
  },

  createSchema: { examples: [{}, {}] },
  dropSchema: {
    setup: ATLAS,
    examples: [{}, { irreversible: true }],
    more: [{ op: 'op.dropSchema("maps")', made: ['op.createSchema("maps", { authorization: "cartographer" })'] }],
  },
  createSequence: {
    setup: `${ATLAS}; CREATE TABLE city (id integer)`,
    examples: [{}, {}, { minVersion: 15 }],
  },
  dropSequence: {
    examples: [
      { made: ['op.createSequence("invoice_number", { start: 1000, type: "integer", cycle: true })'] },
      { setup: `${ATLAS}; CREATE SEQUENCE atlas.invoice_number`, irreversible: true },
    ],
  },

  createEnum: { setup: ATLAS },
  addEnumValue: { setup: MOOD, irreversible: true },
  renameEnum: { setup: MOOD },
  renameEnumValue: { setup: MOOD },
  dropEnum: {
    examples: [{ made: ['op.createEnum("mood", ["ok", "it\'s"])'] }, { setup: MOOD, irreversible: true }],
    more: [{ op: 'op.dropEnum("mood", { values: ["sad", "ok", "happy"] })', setup: MOOD }],
  },

  batch: {
    setup: `${CITY};
      CREATE TABLE atlas.extra (id integer);
      ALTER TABLE atlas.city ADD note text, ADD CONSTRAINT ck_city_size CHECK (size > 0);
      ALTER TABLE city DROP mayor`,
    examples: [{ irreversible: true }, { irreversible: true }],
    more: [
      {
        op: `op.batch("city", (t) => {
          t.addColumn(column("mayor", "text", { comment: "Head" }));
          t.createCheckConstraint("ck_city_rank", "rank > 0");
          t.alterColumn("name", { nullable: false, existing: { nullable: true } });
          t.createIndex("ix_city_mayor", ["mayor"]);
          t.renameColumn("code", "zip");
          t.createPrimaryKey("pk_city", ["id"]);
          t.setTableStorage({ fillfactor: 70 }, { existing: { fillfactor: null } });
          t.createForeignKey("fk_city_country", "country", ["country_id"], ["id"]);
        })`,
      },
      {
        op: `op.batch("city", (t) => {
          t.createIndex("ix_city_name", ["name"], { concurrently: true });
          t.createIndex("ix_city_size", ["size"], { concurrently: true });
          t.addColumn(column("founded", "date"));
        })`,
      },
    ],
  },

  setAccessMethod: {
    setup: `${ATLAS};
      CREATE ACCESS METHOD columnar TYPE TABLE HANDLER heap_tableam_handler;
      ${both("CREATE TABLE $.reading (id integer)")};
      ALTER TABLE atlas.reading SET ACCESS METHOD columnar`,
    minVersion: 15,
    examples: [{}, { irreversible: true }],
  },
  setTableType: {
    setup: `${ATLAS}; ${both("CREATE TYPE $.place AS (id integer); CREATE TABLE $.city (id integer)")}; ALTER TABLE atlas.city OF atlas.place`,
  },

  bulkInsert: {
    setup: `${ATLAS}; ${both("CREATE TABLE $.city (id integer, name text DEFAULT 'x', mayor text DEFAULT 'y', founded date)")};
      CREATE TABLE country (id integer GENERATED ALWAYS AS IDENTITY, code text)`,
    irreversible: true,
  },
  backfill: {
    setup: `${ATLAS}; ${both("CREATE TABLE $.city (country integer, id integer, name text, mayor text, people integer, PRIMARY KEY (country, id)); INSERT INTO $.city VALUES (1, 1, 'Oslo', NULL, NULL), (2, 1, 'turku', 'Minna', 5)")}`,
    irreversible: true,
    examples: [{}, { irreversible: false }],
  },
  execute: {
    setup: "CREATE TABLE city (mayor text); INSERT INTO city VALUES (NULL)",
    irreversible: true,
    examples: [{ alsoLocks: ["city"] }, { traceless: true }],
  },
} satisfies CasesByKind;
