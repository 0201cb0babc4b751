import { define, reversedBy } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { identifier } from "./language/identifiers.ts";
import { signatureSql, type RoutineArguments } from "./language/routine.ts";
import { statement } from "./language/statement.ts";

export interface RenameFunctionOptions {
  readonly schema?: string;
}

export interface RenameFunction extends RenameFunctionOptions {
  readonly kind: "renameFunction";
  readonly name: string;
  readonly args: RoutineArguments;
  readonly newName: string;
}

/**
 * Renames a function. Those of the same name with other arguments keep theirs.
 *
 * @example
 * op.renameFunction("add", ["integer", "integer"], "plus");
 * // ALTER FUNCTION add(integer, integer) RENAME TO plus;
 */
export function renameFunction(
  name: string,
  args: RoutineArguments,
  newName: string,
  options: RenameFunctionOptions = {},
): RenameFunction {
  return frozen({ kind: "renameFunction", name, args, newName, ...options });
}

export const renameFunctionDefinition = define({
  build: renameFunction,
  statements: ({ name, args, newName, schema }) => [
    statement(`ALTER FUNCTION ${signatureSql(schema, name, args)} RENAME TO ${identifier(newName)}`),
  ],
  reverse: ({ name, args, newName, schema }) => reversedBy(renameFunction(newName, args, name, frozen({ schema }))),
  args: ({ name, args, newName, ...options }) => [name, args, newName, options],
  fields: { name: true, args: true, newName: true, schema: true },
  docs: {
    summary: "Renames a function. Those of the same name with other arguments keep theirs.",
    examples: [
      {
        call: `op.renameFunction("add", ["integer", "integer"], "plus");`,
        sql: "ALTER FUNCTION add(integer, integer) RENAME TO plus;",
      },
      {
        call: `op.renameFunction("add", ["integer", "integer"], "plus", { schema: "atlas" });`,
        sql: "ALTER FUNCTION atlas.add(integer, integer) RENAME TO plus;",
      },
    ],
    manual: ["sql-alterfunction"],
  },
});
