import { define, recreatedBy } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { signatureSql, signatureTypes, type RoutineArguments } from "./language/routine.ts";
import { clauses, statement } from "./language/statement.ts";

export interface DropFunctionOptions {
  readonly schema?: string;
  readonly ifExists?: boolean;
  /** Drops what uses it, too. */
  readonly cascade?: boolean;
}

export interface DropFunction extends DropFunctionOptions {
  readonly kind: "dropFunction";
  readonly name: string;
  readonly args: RoutineArguments;
}

/**
 * Drops a function. The types of its arguments tell it from others of its name.
 *
 * @example
 * op.dropFunction("add", ["integer", "integer"]);
 * // DROP FUNCTION add(integer, integer);
 */
export function dropFunction(name: string, args: RoutineArguments, options: DropFunctionOptions = {}): DropFunction {
  return frozen({ kind: "dropFunction", name, args, ...options });
}

export const dropFunctionDefinition = define({
  build: dropFunction,
  statements: ({ name, args, schema, ifExists, cascade }) => [
    statement(
      clauses("DROP FUNCTION", ifExists && "IF EXISTS", signatureSql(schema, name, args), cascade && "CASCADE"),
    ),
  ],
  reverse: ({ name, args, schema, cascade }, before) =>
    recreatedBy(
      before,
      { kind: "function", schema, name, signature: signatureTypes(args) },
      "What a dropped function does is not in the call that drops it.",
      cascade,
    ),
  args: ({ name, args, ...options }) => [name, args, options],
  fields: { name: true, args: true, schema: true, ifExists: true, cascade: true },
  docs: {
    summary: "Drops a function. The types of its arguments tell it from others of its name.",
    examples: [
      { call: `op.dropFunction("add", ["integer", "integer"]);`, sql: "DROP FUNCTION add(integer, integer);" },
      {
        call: `op.dropFunction("add", ["integer", "integer"], { schema: "atlas", ifExists: true, cascade: true });`,
        sql: "DROP FUNCTION IF EXISTS atlas.add(integer, integer) CASCADE;",
      },
    ],
    manual: ["sql-dropfunction"],
  },
});
