import { ATLAS, both, CENSUS } from "./atlas.ts";
import type { CasesByKind } from "./case.ts";

const VIEW = `${ATLAS}; ${both("CREATE VIEW $.capital AS SELECT id, name, size FROM $.city WHERE capital")}`;
const CAPITAL = 'op.createView("capital", "SELECT id, name, size FROM city WHERE capital")';
const ADD = 'op.createFunction("add", ["integer", "integer"], { returns: "integer", as: "SELECT $1 + $2" })';
const FORGET = 'op.createProcedure("forget", ["integer"], { as: "DELETE FROM city WHERE id = $1" })';
const AGGREGATE = `${ATLAS};
  ${both(`
    CREATE AGGREGATE $.product(numeric) (SFUNC = numeric_mul, STYPE = numeric, INITCOND = '1');
    CREATE AGGREGATE $.heads(*) (SFUNC = int8inc, STYPE = bigint, INITCOND = '0');
    CREATE AGGREGATE $.usual(ORDER BY anyelement)
      (SFUNC = ordered_set_transition, STYPE = internal, FINALFUNC = mode_final, FINALFUNC_EXTRA)`)}`;
const PRODUCT = `op.createAggregate("product", ["numeric"], { sfunc: "numeric_mul", stype: "numeric", initcond: "1" })`;
const TRIGGER = `${ATLAS};
  ${both("CREATE TRIGGER stamp BEFORE INSERT ON $.city FOR EACH ROW EXECUTE FUNCTION $.stamp()")}`;
const STAMP = 'op.createTrigger("stamp", "city", { timing: "before", events: ["insert"], execute: "stamp" })';
const WATCH = `${ATLAS};
  CREATE FUNCTION log_ddl() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
  CREATE FUNCTION audit.log_ddl() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END'`;
const WATCHED = `${WATCH}; CREATE EVENT TRIGGER watch ON ddl_command_end EXECUTE FUNCTION log_ddl()`;
const RULE = `${ATLAS}; ${both("CREATE RULE keep AS ON DELETE TO $.city DO INSTEAD NOTHING")}`;
const KEEP = 'op.createRule("keep", "city", { event: "delete", instead: true, do: "nothing" })';

/** Views, routines, triggers and rules. */
export const routineCases = {
  createView: {
    setup: ATLAS,
    examples: [
      { alsoLocks: ["city"] },
      {
        minVersion: 15,
        made: [`op.createView("own_city", "SELECT id FROM city", { schema: "atlas" })`],
        alsoLocks: ["city"],
      },
      { traceless: true },
    ],
    more: [
      {
        op: `op.createView("towns", "SELECT id, name FROM city -- all", {
          columns: ["number", "the label"], checkOption: "cascaded", securityBarrier: true,
        })`,
        alsoLocks: ["city"],
      },
      {
        op: 'op.createView("towns", sql`SELECT 1 AS one`, { orReplace: true })',
        irreversible: true,
      },
    ],
  },
  alterView: {
    setup: VIEW,
    examples: [
      { minVersion: 15, setup: "DROP VIEW capital", made: [CAPITAL] },
      {
        setup:
          "ALTER VIEW atlas.capital SET (security_barrier = true); ALTER VIEW atlas.capital ALTER size SET DEFAULT 0",
      },
    ],
    more: [{ op: 'op.alterView("capital", { defaults: { name: "x" } })', irreversible: true }],
  },
  renameView: { setup: VIEW },
  dropView: {
    setup: VIEW,
    examples: [
      { setup: "DROP VIEW capital", made: [CAPITAL] },
      { setup: "CREATE VIEW rich AS SELECT id FROM atlas.capital", irreversible: true, alsoLocks: ["rich"] },
    ],
  },
  createMaterializedView: {
    setup: ATLAS,
    examples: [{ alsoLocks: ["city"] }, { minVersion: 15, alsoLocks: ["city"] }],
  },
  refreshMaterializedView: {
    setup: CENSUS,
    traceless: true,
    examples: [{ alsoLocks: ["city"] }, { alsoLocks: ["atlas.city"] }, { traceless: false }],
  },
  renameMaterializedView: { setup: CENSUS },
  dropMaterializedView: {
    setup: CENSUS,
    examples: [
      {
        setup: "DROP MATERIALIZED VIEW census",
        made: [
          'op.createMaterializedView("census", "SELECT id, name FROM city")',
          'op.createIndex("ix", "census", ["name"])',
        ],
      },
      { irreversible: true },
    ],
  },

  createFunction: {
    setup: `${ATLAS}; DROP FUNCTION add; DROP FUNCTION larger_than`,
    examples: [
      {},
      {
        setup: "DROP FUNCTION atlas.stamp",
        made: [
          'op.createFunction("stamp", [], { schema: "atlas", returns: "trigger", language: "plpgsql", as: "BEGIN END" })',
        ],
      },
      { minVersion: 14, alsoLocks: ["city"] },
    ],
    more: [
      {
        op: `op.createFunction("tricky", [{ name: "all", type: "integer[]", mode: "variadic" }], {
          returns: "text", leakproof: true, set: { work_mem: "1MB", search_path: [], "atlas.on": true },
          as: "SELECT $$a$$ || $body$b$body$ || '$' -- $body1",
        })`,
      },
      { op: `op.createFunction("ends", ["a text = 'it''s'"], { returns: "text", as: "SELECT a -- $" })` },
      {
        op: 'op.createFunction("twice", ["a integer DEFAULT 5"], { returns: "integer", body: "RETURN a * 2;" })',
        minVersion: 14,
      },
    ],
  },
  alterFunction: {
    setup: `${ATLAS};
      ALTER FUNCTION atlas.larger_than(real) SECURITY DEFINER PARALLEL SAFE SUPPORT array_unnest_support
        SET search_path = 'atlas'`,
    examples: [{ irreversible: true }, {}],
    more: [
      {
        op: `op.alterFunction("add", ["integer", "integer"], {
          volatility: "stable", strict: true, set: { search_path: ["atlas", "pg_temp"] },
          existing: { volatility: "volatile", strict: false, set: { search_path: null } },
        })`,
      },
      {
        op: `op.alterFunction("add", ["integer", "integer"], {
          volatility: "immutable", strict: false, security: "definer", cost: 9, set: { work_mem: null, "atlas.mode": "a" },
        })`,
        setup: "DROP FUNCTION add",
        made: [
          `op.createFunction("add", ["integer", "integer"], {
            returns: "integer", strict: true, cost: 5, set: { work_mem: "1MB" }, as: "SELECT 1",
          })`,
        ],
      },
    ],
  },
  renameFunction: { setup: ATLAS },
  dropFunction: {
    setup: ATLAS,
    examples: [{ setup: "DROP FUNCTION add", made: [ADD] }, { irreversible: true }],
  },
  createProcedure: {
    setup: `${ATLAS}; DROP PROCEDURE forget`,
    examples: [
      { alsoLocks: ["city"] },
      {
        made: [
          `op.createProcedure("tidy", ["INOUT text", "days integer DEFAULT 1"], {
            schema: "atlas", language: "plpgsql", as: "BEGIN END",
          })`,
        ],
      },
      { minVersion: 14, alsoLocks: ["city"] },
    ],
  },
  alterProcedure: {
    setup: `${ATLAS}; ALTER PROCEDURE atlas.forget(integer) SET lock_timeout TO '1s'`,
    examples: [{}, { irreversible: true }],
    more: [
      {
        op: 'op.alterProcedure("forget", ["integer"], { set: { lock_timeout: "2s" }, security: "definer" })',
        setup: "DROP PROCEDURE forget",
        made: [FORGET],
      },
    ],
  },
  renameProcedure: { setup: ATLAS },
  dropProcedure: {
    setup: ATLAS,
    examples: [{ setup: "DROP PROCEDURE forget", made: [FORGET] }, { irreversible: true }],
  },
  createAggregate: {
    setup: `${ATLAS}; CREATE FUNCTION as_total(integer, integer) RETURNS integer LANGUAGE sql AS 'SELECT $1'`,
    examples: [
      {},
      {
        made: [
          `op.createAggregate("mean", ["real"], {
            schema: "atlas", sfunc: "float4_accum", stype: "float8[]", finalfunc: "float8_avg", initcond: "{0,0,0}",
          })`,
        ],
      },
    ],
    more: [
      { op: 'op.createAggregate("heads", [], { sfunc: "int8inc", stype: "bigint", initcond: "0" })' },
      {
        op: `op.createAggregate("usual", [], {
          orderBy: ["anyelement"], sfunc: "ordered_set_transition", stype: "internal", finalfunc: "mode_final",
          finalfuncExtra: true,
        })`,
      },
    ],
  },
  renameAggregate: { setup: AGGREGATE },
  dropAggregate: {
    setup: AGGREGATE,
    examples: [
      { setup: "DROP AGGREGATE product(numeric)", made: [PRODUCT] },
      { irreversible: true },
      {
        setup: "DROP AGGREGATE heads(*)",
        made: ['op.createAggregate("heads", [], { sfunc: "int8inc", stype: "bigint", initcond: "0" })'],
      },
    ],
  },

  createTrigger: {
    setup: ATLAS,
    examples: [
      {},
      {
        minVersion: 14,
        made: [
          `op.createTrigger("log_growth", "city", {
            schema: "atlas", timing: "after", events: ["update"], execute: { function: "log", schema: "audit" },
          })`,
        ],
      },
    ],
    more: [
      {
        op: `op.createTrigger("write", "capital", {
          timing: "instead of", events: ["insert"], forEach: "row", execute: "stamp",
        })`,
        setup: "CREATE VIEW capital AS SELECT id FROM city",
      },
    ],
  },
  setTriggerState: {
    setup: TRIGGER,
    examples: [
      {},
      { setup: "ALTER TABLE atlas.city ENABLE REPLICA TRIGGER stamp" },
      { setup: "ALTER TABLE city DISABLE TRIGGER USER" },
    ],
    more: [{ op: 'op.setTriggerState("stamp", "city", "replica")' }],
  },
  renameTrigger: { setup: TRIGGER },
  dropTrigger: {
    setup: TRIGGER,
    examples: [{ setup: "DROP TRIGGER stamp ON city", made: [STAMP] }, { irreversible: true }],
  },
  createEventTrigger: { setup: WATCH },
  setEventTriggerState: { setup: WATCHED, examples: [{}, { setup: "ALTER EVENT TRIGGER watch ENABLE ALWAYS" }] },
  renameEventTrigger: { setup: WATCHED },
  dropEventTrigger: {
    setup: WATCH,
    examples: [
      { made: ['op.createEventTrigger("watch", { event: "ddl_command_end", execute: "log_ddl" })'] },
      { setup: "CREATE EVENT TRIGGER watch ON sql_drop EXECUTE FUNCTION log_ddl()", irreversible: true },
    ],
  },
  createRule: {
    setup: `${ATLAS}; CREATE TABLE move (id integer); CREATE TABLE route (city integer)`,
    examples: [
      {},
      {
        made: ['op.createRule("log_move", "city", { schema: "atlas", event: "update", do: "NOTIFY moved" })'],
        alsoLocks: ["move", "route"],
      },
    ],
  },
  setRuleState: { setup: RULE, examples: [{}, { setup: "ALTER TABLE atlas.city ENABLE REPLICA RULE keep" }] },
  renameRule: { setup: RULE },
  dropRule: {
    setup: RULE,
    examples: [{ setup: "DROP RULE keep ON city", made: [KEEP] }, { irreversible: true }],
  },
} satisfies CasesByKind;
