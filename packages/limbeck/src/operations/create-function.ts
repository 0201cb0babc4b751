import { createRoutine, createdRoutineReversal } from "./language/created-routine.ts";
import { define } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import type { FunctionAttributes, RoutineArguments, RoutineBody } from "./language/routine.ts";
import { checkBody } from "./language/routine-body.ts";

export interface CreateFunctionOptions extends RoutineBody, FunctionAttributes {
  readonly schema?: string;

  readonly orReplace?: boolean;
  /** The type of its result, in PostgreSQL's own words: `"integer"`, `"SETOF city"`, `"TABLE (id integer)"`. */
  readonly returns?: string;
  readonly window?: boolean;
}

export interface CreateFunction extends CreateFunctionOptions {
  readonly kind: "createFunction";
  readonly name: string;
  readonly args: RoutineArguments;
}

/**
 * Creates a function. The `as` text stands in dollar quotes, so that nothing in it has to be escaped.
 *
 * @example
 * op.createFunction("add", ["a integer", "b integer"], { returns: "integer", as: "SELECT a + b" });
 * // CREATE FUNCTION add(a integer, b integer) RETURNS integer LANGUAGE sql AS $$SELECT a + b$$;
 */
export function createFunction(name: string, args: RoutineArguments, options: CreateFunctionOptions): CreateFunction {
  checkBody("op.createFunction", options);
  return frozen({ kind: "createFunction", name, args, ...options });
}

export const createFunctionDefinition = define({
  build: createFunction,
  statements: createRoutine,
  reverse: createdRoutineReversal,
  args: ({ name, args, ...options }) => [name, args, options],
  fields: {
    name: true,
    args: true,
    schema: true,
    orReplace: true,
    returns: true,
    window: true,
    language: true,
    as: true,
    body: true,
    security: true,
    set: true,
    volatility: true,
    strict: true,
    leakproof: true,
    parallel: true,
    cost: true,
    rows: true,
    support: true,
  },
  docs: {
    summary: "Creates a function. The `as` text stands in dollar quotes, so that nothing in it has to be escaped.",
    examples: [
      {
        call: `op.createFunction("add", ["a integer", "b integer"], { returns: "integer", as: "SELECT a + b" });`,
        sql: "CREATE FUNCTION add(a integer, b integer) RETURNS integer LANGUAGE sql AS $$SELECT a + b$$;",
      },
      {
        call:
          `op.createFunction("stamp", [], {\n` +
          `  schema: "atlas",\n` +
          "  orReplace: true,\n" +
          `  returns: "trigger",\n` +
          `  language: "plpgsql",\n` +
          `  security: "definer",\n` +
          `  set: { search_path: ["atlas", "pg_temp"] },\n` +
          `  as: "BEGIN NEW.changed_at := now(); RETURN NEW; END",\n` +
          "});",
        sql:
          "CREATE OR REPLACE FUNCTION atlas.stamp() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path " +
          "TO 'atlas', 'pg_temp' AS $$BEGIN NEW.changed_at := now(); RETURN NEW; END$$;",
      },
      {
        call:
          `op.createFunction("larger_than", [{ name: "size", type: "real", default: 100 }], {\n` +
          `  returns: "SETOF city",\n` +
          `  volatility: "stable",\n` +
          "  strict: true,\n" +
          "  leakproof: false,\n" +
          `  parallel: "safe",\n` +
          "  cost: 5,\n" +
          "  rows: 10,\n" +
          "  body: sql`BEGIN ATOMIC SELECT * FROM city c WHERE c.size > larger_than.size; END`,\n" +
          "});",
        sql:
          "CREATE FUNCTION larger_than(size real DEFAULT 100) RETURNS SETOF city LANGUAGE sql STABLE STRICT NOT " +
          "LEAKPROOF PARALLEL SAFE COST 5 ROWS 10 BEGIN ATOMIC SELECT * FROM city c WHERE c.size > larger_than.size; " +
          "END;",
      },
      {
        call:
          `op.createFunction("numbers", ["integer", "integer", { type: "integer", mode: "out" }], {\n` +
          `  returns: "SETOF integer",\n` +
          `  language: "internal",\n` +
          `  support: "generate_series_int4_support",\n` +
          `  as: "generate_series_int4",\n` +
          "});",
        sql:
          "CREATE FUNCTION numbers(integer, integer, OUT integer) RETURNS SETOF integer LANGUAGE internal SUPPORT " +
          "generate_series_int4_support AS $$generate_series_int4$$;",
      },
      {
        call: `op.createFunction("place", [], { returns: "bigint", language: "internal", window: true, as: "window_rank" });`,
        sql: "CREATE FUNCTION place() RETURNS bigint LANGUAGE internal WINDOW AS $$window_rank$$;",
      },
      {
        call: `op.createFunction("handler", [], { returns: "language_handler", language: "c", as: ["$libdir/plpgsql", "plpgsql_call_handler"] });`,
        sql: "CREATE FUNCTION handler() RETURNS language_handler LANGUAGE c AS '$libdir/plpgsql', 'plpgsql_call_handler';",
      },
    ],
    manual: ["sql-createfunction"],
  },
});
