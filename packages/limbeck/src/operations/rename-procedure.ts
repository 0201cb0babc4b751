import { define, reversedBy } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { identifier } from "./language/identifiers.ts";
import { signatureSql, type RoutineArguments } from "./language/routine.ts";
import { statement } from "./language/statement.ts";

export interface RenameProcedureOptions {
  readonly schema?: string;
}

export interface RenameProcedure extends RenameProcedureOptions {
  readonly kind: "renameProcedure";
  readonly name: string;
  readonly args: RoutineArguments;
  readonly newName: string;
}

/**
 * Renames a procedure. Those of the same name with other arguments keep theirs.
 *
 * @example
 * op.renameProcedure("forget", ["integer"], "forget_city");
 * // ALTER PROCEDURE forget(integer) RENAME TO forget_city;
 */
export function renameProcedure(
  name: string,
  args: RoutineArguments,
  newName: string,
  options: RenameProcedureOptions = {},
): RenameProcedure {
  return frozen({ kind: "renameProcedure", name, args, newName, ...options });
}

export const renameProcedureDefinition = define({
  build: renameProcedure,
  statements: ({ name, args, newName, schema }) => [
    statement(`ALTER PROCEDURE ${signatureSql(schema, name, args)} RENAME TO ${identifier(newName)}`),
  ],
  reverse: ({ name, args, newName, schema }) => reversedBy(renameProcedure(newName, args, name, frozen({ schema }))),
  args: ({ name, args, newName, ...options }) => [name, args, newName, options],
  fields: { name: true, args: true, newName: true, schema: true },
  docs: {
    summary: "Renames a procedure. Those of the same name with other arguments keep theirs.",
    examples: [
      {
        call: `op.renameProcedure("forget", ["integer"], "forget_city");`,
        sql: "ALTER PROCEDURE forget(integer) RENAME TO forget_city;",
      },
      {
        call: `op.renameProcedure("forget", ["integer"], "forget_city", { schema: "atlas" });`,
        sql: "ALTER PROCEDURE atlas.forget(integer) RENAME TO forget_city;",
      },
    ],
    manual: ["sql-alterprocedure"],
  },
});
