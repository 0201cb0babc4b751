import { define, madeBy, notReversible, reversedBy, type Reversal, type SchemaBefore } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { identifier } from "./language/identifiers.ts";
import {
  attributesSql,
  declarationSql,
  signatureTypes,
  type RoutineArguments,
  type RoutineAttributes,
  type RoutineBody,
} from "./language/routine.ts";
import { bodySql, checkBody } from "./language/routine-body.ts";
import { clauses, statement, type Statement } from "./language/statement.ts";

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

function statements(op: CreateProcedure): Statement[] {
  const text = clauses(
    "CREATE",
    op.orReplace && "OR REPLACE",
    "PROCEDURE",
    declarationSql(op.schema, op.name, op.args),
    `LANGUAGE ${identifier(op.language ?? "sql")}`,
    attributesSql(op),
    bodySql(op),
  );
  return [statement(text)];
}

function reverse(op: CreateProcedure, before?: SchemaBefore): Reversal {
  const { name, args, schema } = op;
  if (!op.orReplace) return reversedBy(frozen({ kind: "dropProcedure", name, args, schema }));
  const replaced = madeBy(
    before,
    { kind: "procedure", schema, name, signature: signatureTypes(args) },
    "createProcedure",
  );
  return replaced === undefined
    ? notReversible("Which procedure, if any, was replaced is not in the call that replaces it.")
    : reversedBy({ ...replaced, orReplace: true });
}

export const createProcedureDefinition = define({
  build: createProcedure,
  statements,
  reverse,
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
