import { createRoutine, createdRoutineReversal } from "./language/created-routine.ts";
import { define } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import type { RoutineArguments, RoutineAttributes, RoutineBody } from "./language/routine.ts";
import { checkBody } from "./language/routine-body.ts";

export interface CreateProcedureOptions extends RoutineBody, RoutineAttributes {
  readonly schema?: string;

  readonly orReplace?: boolean;
}

export interface CreateProcedure extends CreateProcedureOptions {
  readonly kind: "createProcedure";
  readonly name: string;
  readonly args: RoutineArguments;
}

/**
 * Creates a procedure. The `as` text stands in dollar quotes, so that nothing in it has to be escaped.
 *
 * @example
 * op.createProcedure("forget", ["city_id integer"], { as: "DELETE FROM city WHERE id = city_id" });
 * // CREATE PROCEDURE forget(city_id integer) LANGUAGE sql AS $$DELETE FROM city WHERE id = city_id$$;
 */
export function createProcedure(
  name: string,
  args: RoutineArguments,
  options: CreateProcedureOptions,
): CreateProcedure {
  checkBody("op.createProcedure", options);
  return frozen({ kind: "createProcedure", name, args, ...options });
}

export const createProcedureDefinition = define({
  build: createProcedure,
  statements: createRoutine,
  reverse: createdRoutineReversal,
  args: ({ name, args, ...options }) => [name, args, options],
  fields: {
    name: true,
    args: true,
    schema: true,
    orReplace: true,
    language: true,
    as: true,
    body: true,
    security: true,
    set: true,
  },
  docs: {
    summary: "Creates a procedure. The `as` text stands in dollar quotes, so that nothing in it has to be escaped.",
    examples: [
      {
        call: `op.createProcedure("forget", ["city_id integer"], { as: "DELETE FROM city WHERE id = city_id" });`,
        sql: "CREATE PROCEDURE forget(city_id integer) LANGUAGE sql AS $$DELETE FROM city WHERE id = city_id$$;",
      },
      {
        call:
          `op.createProcedure("tidy", [{ type: "text", mode: "inout" }, { name: "days", type: "integer", default: 30 }], {\n` +
          `  schema: "atlas",\n` +
          "  orReplace: true,\n" +
          `  language: "plpgsql",\n` +
          `  security: "definer",\n` +
          `  set: { lock_timeout: "1s" },\n` +
          `  as: "BEGIN COMMIT; END",\n` +
          "});",
        sql:
          "CREATE OR REPLACE PROCEDURE atlas.tidy(INOUT text, days integer DEFAULT 30) LANGUAGE plpgsql SECURITY " +
          "DEFINER SET lock_timeout TO '1s' AS $$BEGIN COMMIT; END$$;",
      },
      {
        call: `op.createProcedure("forget_all", [], { body: "BEGIN ATOMIC DELETE FROM city; END" });`,
        sql: "CREATE PROCEDURE forget_all() LANGUAGE sql BEGIN ATOMIC DELETE FROM city; END;",
      },
    ],
    manual: ["sql-createprocedure"],
  },
});
