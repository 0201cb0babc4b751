import { both } from "./atlas.ts";
import type { CasesByKind } from "./case.ts";

const WRAPPED = `
  CREATE SCHEMA atlas;
  CREATE FOREIGN DATA WRAPPER nowhere;
  CREATE FOREIGN DATA WRAPPER postgres_fdw`;
const SERVED = `${WRAPPED};
  CREATE SERVER branch VERSION '1.0' FOREIGN DATA WRAPPER nowhere OPTIONS (host 'db2')`;
const MAPPED = `${SERVED}; CREATE USER MAPPING FOR reader SERVER branch OPTIONS ("user" 'guest')`;
const READING = `${SERVED};
  ${both("CREATE FOREIGN TABLE $.reading (id integer) SERVER branch OPTIONS (table_name 'readings')")}`;
const MOOD = `CREATE TYPE mood AS ENUM ('ok');
  CREATE FUNCTION mood_label(mood) RETURNS text LANGUAGE sql AS $$ SELECT 'ok' $$`;
const PLACE = `CREATE SCHEMA atlas;
  ${both(`
    CREATE TYPE $.place AS (x integer, y integer);
    CREATE FUNCTION $.same_place($.place, $.place) RETURNS boolean LANGUAGE sql AS 'SELECT true'`)}`;

/** Foreign data, casts and operators. */
export const foreignCases = {
  createForeignDataWrapper: { setup: "CREATE EXTENSION file_fdw" },
  dropForeignDataWrapper: {
    examples: [
      { made: ['op.createForeignDataWrapper("files", { options: { debug: true } })'] },
      { setup: "CREATE FOREIGN DATA WRAPPER files", irreversible: true },
    ],
  },
  createServer: { setup: WRAPPED },
  alterServer: {
    setup: SERVED,
    more: [
      { op: 'op.alterServer("branch", { version: "2.0" })', irreversible: true },
      { op: 'op.alterServer("branch", { options: { host: null } })', irreversible: true },
    ],
  },
  renameServer: { setup: SERVED },
  dropServer: {
    setup: WRAPPED,
    examples: [
      { made: ['op.createServer("branch", "nowhere", { type: "archive", options: { host: "it\'s" } })'] },
      { setup: "CREATE SERVER branch FOREIGN DATA WRAPPER nowhere", irreversible: true },
    ],
  },
  createUserMapping: { setup: SERVED },
  alterUserMapping: {
    setup: MAPPED,
    more: [
      { op: 'op.alterUserMapping("reader", "branch", { port: 1 }, { existing: { port: null } })' },
      { op: 'op.alterUserMapping("reader", "branch", { user: null })', irreversible: true },
    ],
  },
  dropUserMapping: {
    setup: `${MAPPED}; CREATE USER MAPPING FOR PUBLIC SERVER branch`,
    examples: [{}, { irreversible: true }],
  },
  createForeignTable: { setup: SERVED },
  alterForeignTable: { setup: READING, examples: [{}, { irreversible: true }] },
  dropForeignTable: {
    setup: SERVED,
    examples: [
      {
        made: [
          'op.createForeignTable("reading", "branch", [column("id", "integer", { comment: "c" })], { columnOptions: { id: { a: 1 } } })',
        ],
      },
      { setup: "CREATE FOREIGN TABLE atlas.reading (id integer) SERVER branch", irreversible: true },
    ],
  },
  createCast: {
    setup: MOOD,
    more: [{ op: 'op.createCast("money", "bigint", { by: "binary" })' }],
  },
  dropCast: {
    setup: MOOD,
    examples: [
      { made: ['op.createCast("mood", "text", { function: "mood_label(mood)", as: "implicit" })'] },
      { setup: "CREATE CAST (text AS mood) WITH INOUT", irreversible: true },
    ],
  },
  createOperator: {
    setup: `${PLACE};
      CREATE OPERATOR atlas.<> (FUNCTION = atlas.same_place, LEFTARG = atlas.place, RIGHTARG = atlas.place)`,
  },
  dropOperator: {
    setup: PLACE,
    examples: [
      { made: ['op.createOperator("===", { left: "place", right: "place", function: "same_place", hashes: true })'] },
      { setup: "CREATE OPERATOR atlas.!! (FUNCTION = int4um, RIGHTARG = integer)", irreversible: true },
    ],
  },
} satisfies CasesByKind;
