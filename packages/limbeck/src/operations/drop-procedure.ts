import { define, recreatedBy } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { signatureSql, signatureTypes, type RoutineArguments } from "./language/routine.ts";
import { clauses, statement } from "./language/statement.ts";

export interface DropProcedureOptions {
  readonly schema?: string;
  readonly ifExists?: boolean;
  /** Drops what uses it, too. */
  readonly cascade?: boolean;
}

export interface DropProcedure extends DropProcedureOptions {
  readonly kind: "dropProcedure";
  readonly name: string;
  readonly args: RoutineArguments;
}

/**
 * Drops a procedure. The types of its arguments tell it from others of its name.
 *
 * @example
 * op.dropProcedure("forget", ["integer"]);
 * // DROP PROCEDURE forget(integer);
 */
export function dropProcedure(name: string, args: RoutineArguments, options: DropProcedureOptions = {}): DropProcedure {
  return frozen({ kind: "dropProcedure", name, args, ...options });
}

export const dropProcedureDefinition = define({
  build: dropProcedure,
  statements: ({ name, args, schema, ifExists, cascade }) => [
    statement(
      clauses("DROP PROCEDURE", ifExists && "IF EXISTS", signatureSql(schema, name, args), cascade && "CASCADE"),
    ),
  ],
  reverse: ({ name, args, schema, cascade }, before) =>
    recreatedBy(
      before,
      { kind: "procedure", schema, name, signature: signatureTypes(args) },
      "What a dropped procedure does is not in the call that drops it.",
      cascade,
    ),
  args: ({ name, args, ...options }) => [name, args, options],
  fields: { name: true, args: true, schema: true, ifExists: true, cascade: true },
  docs: {
    summary: "Drops a procedure. The types of its arguments tell it from others of its name.",
    examples: [
      { call: `op.dropProcedure("forget", ["integer"]);`, sql: "DROP PROCEDURE forget(integer);" },
      {
        call: `op.dropProcedure("forget", ["integer"], { schema: "atlas", ifExists: true, cascade: true });`,
        sql: "DROP PROCEDURE IF EXISTS atlas.forget(integer) CASCADE;",
      },
    ],
    manual: ["sql-dropprocedure"],
  },
});
