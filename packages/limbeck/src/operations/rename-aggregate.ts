import { aggregateSignature } from "./language/aggregate.ts";
import { define, reversedBy } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { identifier } from "./language/identifiers.ts";
import type { RoutineArguments } from "./language/routine.ts";
import { statement } from "./language/statement.ts";

export interface RenameAggregateOptions {
  readonly schema?: string;

  /** The aggregated arguments of an ordered-set aggregate. */
  readonly orderBy?: RoutineArguments;
}

export interface RenameAggregate extends RenameAggregateOptions {
  readonly kind: "renameAggregate";
  readonly name: string;
  readonly args: RoutineArguments;
  readonly newName: string;
}

/**
 * Renames an aggregate function. Those of the same name with other arguments keep theirs.
 *
 * @example
 * op.renameAggregate("product", ["numeric"], "multiplied");
 * // ALTER AGGREGATE product(numeric) RENAME TO multiplied;
 */
export function renameAggregate(
  name: string,
  args: RoutineArguments,
  newName: string,
  options: RenameAggregateOptions = {},
): RenameAggregate {
  return frozen({ kind: "renameAggregate", name, args, newName, ...options });
}

export const renameAggregateDefinition = define({
  build: renameAggregate,
  statements: (op) => [
    statement(
      `ALTER AGGREGATE ${aggregateSignature(op.schema, op.name, op.args, op)} RENAME TO ${identifier(op.newName)}`,
    ),
  ],
  reverse: ({ name, args, newName, ...options }) =>
    reversedBy(frozen({ ...options, name: newName, args, newName: name })),
  args: ({ name, args, newName, ...options }) => [name, args, newName, options],
  fields: { name: true, args: true, newName: true, schema: true, orderBy: true },
  docs: {
    summary: "Renames an aggregate function. Those of the same name with other arguments keep theirs.",
    examples: [
      {
        call: `op.renameAggregate("product", ["numeric"], "multiplied");`,
        sql: "ALTER AGGREGATE product(numeric) RENAME TO multiplied;",
      },
      {
        call: `op.renameAggregate("usual", [], "common", { schema: "atlas", orderBy: ["anyelement"] });`,
        sql: "ALTER AGGREGATE atlas.usual(ORDER BY anyelement) RENAME TO common;",
      },
    ],
    manual: ["sql-alteraggregate"],
  },
});
