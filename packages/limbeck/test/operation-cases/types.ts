import type { CasesByKind } from "./case.ts";

const ATLAS = "CREATE SCHEMA atlas";
const PERCENTAGE = `
  CREATE SCHEMA atlas;
  CREATE DOMAIN percentage AS integer;
  CREATE DOMAIN atlas.percentage AS integer NOT NULL;
  CREATE TABLE share (part percentage);
  INSERT INTO share VALUES (5)`;
const ADDRESS = `
  CREATE SCHEMA atlas;
  CREATE TYPE address AS (street text, number integer);
  CREATE TYPE atlas.address AS (street text, number integer)`;
const MOOD = `
  CREATE SCHEMA atlas;
  CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
  CREATE TYPE atlas.mood AS ENUM ('sad', 'ok', 'happy')`;
const NUMBERS = `
  CREATE SCHEMA atlas;
  CREATE SEQUENCE invoice_number;
  CREATE SEQUENCE atlas.invoice_number;
  CREATE TABLE invoice (id bigint)`;

/** Schemas, extensions, types and sequences. */
export const typeCases = {
  renameSchema: { setup: `${ATLAS}; CREATE TABLE atlas.city (id integer)` },
  createExtension: {
    setup: ATLAS,
    // What it needs stays when it goes.
    examples: [{}, { setup: "CREATE EXTENSION cube SCHEMA atlas" }],
  },
  dropExtension: {
    examples: [
      { made: ['op.createExtension("pg_trgm", { schema: "public" })'] },
      { setup: "CREATE EXTENSION hstore; CREATE TABLE t (h hstore)", irreversible: true, alsoLocks: ["t"] },
    ],
    more: [{ op: 'op.dropExtension("hstore")', setup: "CREATE EXTENSION hstore" }],
  },
  alterExtension: {
    setup: ATLAS,
    examples: [
      { setup: "CREATE EXTENSION hstore VERSION '1.7'", irreversible: true },
      { setup: "CREATE EXTENSION pg_trgm" },
      { setup: "CREATE EXTENSION hstore VERSION '1.7'", irreversible: true },
    ],
    more: [
      {
        op: 'op.alterExtension("pg_trgm", { schema: "atlas" })',
        made: ['op.createExtension("pg_trgm", { schema: "public" })'],
      },
    ],
  },

  replaceEnumValues: {
    setup: MOOD,
    examples: [
      {
        setup: "CREATE TABLE city (id integer, mood mood NOT NULL DEFAULT 'ok'); INSERT INTO city VALUES (1, 'happy')",
      },
      {
        setup: "CREATE TABLE atlas.city (moods atlas.mood[]); INSERT INTO atlas.city VALUES ('{ok,NULL}')",
        irreversible: true,
      },
    ],
    more: [
      {
        op: `op.replaceEnumValues("grade", ["b", "a", "C"], {
          columns: [
            { table: "city", column: "Mood", default: "b", existingDefault: "a" },
            { table: "city", column: "second" },
            { table: "city", schema: "atlas", column: "mood", default: null, existingDefault: "a" },
          ],
          map: { a: "b", b: "a", c: "C" },
        })`,
        made: [
          'op.createEnum("grade", ["a", "b", "c"])',
          'op.createTable("city", column("Mood", "grade", { default: "a" }), column("second", "grade"))',
          'op.createTable("city", column("mood", "grade", { default: "a" }), { schema: "atlas" })',
          'op.bulkInsert("city", [{ Mood: "a", second: "b" }, { Mood: "c", second: "a" }])',
        ],
      },
      {
        op: `op.replaceEnumValues("mood", ["fine"], {
          columns: [{ table: "city", column: "moods", array: true, default: ["fine"], existingDefault: ["ok"] }],
          map: { ok: "fine" },
          existing: ["sad", "ok", "happy"],
        })`,
        setup: "CREATE TABLE city (moods mood[] DEFAULT '{ok}'); INSERT INTO city VALUES ('{ok,ok}')",
      },
    ],
  },

  createDomain: { setup: ATLAS },
  dropDomain: {
    examples: [
      {
        made: [
          'op.createDomain("percentage", "integer", { checks: [{ name: "ck", condition: "VALUE > 0" }], default: 5 })',
        ],
      },
      { setup: PERCENTAGE, irreversible: true },
    ],
  },
  alterDomain: {
    setup: PERCENTAGE,
    examples: [
      { alsoLocks: ["share"] },
      { irreversible: true },
      { setup: "ALTER DOMAIN percentage SET DEFAULT 5", irreversible: true },
    ],
    more: [
      {
        op: 'op.alterDomain("ratio", { default: null, nullable: true })',
        made: ['op.createDomain("ratio", "real", { default: 0.5, nullable: false })'],
      },
    ],
  },
  renameDomain: {
    setup: "CREATE SCHEMA atlas; CREATE DOMAIN postal_code AS text; CREATE DOMAIN atlas.postal_code AS text",
  },
  addDomainConstraint: { setup: PERCENTAGE, examples: [{ alsoLocks: ["share"] }, { irreversible: true }] },
  validateDomainConstraint: {
    setup: `${PERCENTAGE};
      ALTER DOMAIN percentage ADD CONSTRAINT ck_positive CHECK (VALUE > 0) NOT VALID;
      ALTER DOMAIN atlas.percentage ADD CONSTRAINT ck_positive CHECK (VALUE > 0) NOT VALID`,
    stays: true,
    examples: [{ alsoLocks: ["share"] }],
  },
  renameDomainConstraint: {
    setup: `${PERCENTAGE};
      ALTER DOMAIN percentage ADD CONSTRAINT ck_positive CHECK (VALUE > 0);
      ALTER DOMAIN atlas.percentage ADD CONSTRAINT ck_positive CHECK (VALUE > 0)`,
  },
  dropDomainConstraint: {
    setup: PERCENTAGE,
    examples: [
      { made: ['op.addDomainConstraint("ck_positive", "percentage", "VALUE > 0")'] },
      {
        made: ['op.addDomainConstraint("ck_positive", "percentage", "VALUE > 0", { schema: "atlas", notValid: true })'],
      },
    ],
  },

  createType: { setup: ATLAS },
  dropType: {
    examples: [
      { made: ['op.createType("address", [{ name: "street", type: "text", collation: "C" }])'] },
      { setup: ADDRESS, irreversible: true },
    ],
    more: [{ op: 'op.dropType("height")', made: ['op.createRangeType("height", { subtype: "real" })'] }],
  },
  renameType: { setup: ADDRESS },
  createRangeType: {
    setup: ATLAS,
    examples: [
      {},
      { minVersion: 14 },
      {
        setup: `CREATE TYPE steps;
          CREATE FUNCTION steps_canonical(steps) RETURNS steps LANGUAGE internal IMMUTABLE STRICT AS 'int4range_canonical'`,
        // The function that it needs keeps a shell of the type from being made again.
        irreversible: true,
      },
    ],
  },
  addAttribute: { setup: ADDRESS },
  dropAttribute: {
    setup: ADDRESS,
    examples: [
      { made: ['op.addAttribute("address", "city", "text", { collation: "C" })'] },
      { setup: "ALTER TYPE atlas.address ADD ATTRIBUTE city text", irreversible: true },
    ],
  },
  alterAttribute: {
    setup: ADDRESS,
    examples: [{}, { setup: "ALTER TYPE atlas.address ADD ATTRIBUTE city varchar", irreversible: true }],
    more: [
      {
        op: 'op.alterAttribute("address", "zip", { type: "text" })',
        made: ['op.addAttribute("address", "zip", "varchar(9)", { collation: "C" })'],
      },
    ],
  },
  renameAttribute: {
    setup: `${ADDRESS}; ALTER TYPE address ADD ATTRIBUTE city text; ALTER TYPE atlas.address ADD ATTRIBUTE city text`,
  },

  alterSequence: {
    setup: NUMBERS,
    examples: [
      {},
      { irreversible: true },
      {},
      {
        irreversible: true,
        setup: "ALTER SEQUENCE invoice_number OWNED BY invoice.id; SELECT nextval('invoice_number')",
      },
    ],
    more: [
      {
        op: 'op.alterSequence("bill", { type: "bigint", minValue: 1, maxValue: null, start: 5, increment: 1, cache: 2, cycle: false })',
        made: ['op.createSequence("bill", { type: "integer", increment: -1, minValue: -9, maxValue: 9, cycle: true })'],
      },
    ],
  },
  renameSequence: { setup: NUMBERS },
} satisfies CasesByKind;
