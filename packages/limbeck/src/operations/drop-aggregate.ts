import { aggregateSignature, aggregateTypes } from "./language/aggregate.ts";
import { define, recreatedBy } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import type { RoutineArguments } from "./language/routine.ts";
import { clauses, statement, type Statement } from "./language/statement.ts";

export interface DropAggregateOptions {
  readonly schema?: string;
  readonly ifExists?: boolean;
  /** Drops what uses it, too. */
  readonly cascade?: boolean;
  /** The aggregated arguments of an ordered-set aggregate. */
  readonly orderBy?: RoutineArguments;
}

export interface DropAggregate extends DropAggregateOptions {
  readonly kind: "dropAggregate";
  readonly name: string;
  readonly args: RoutineArguments;
}

/**
 * Drops an aggregate function. The types of its arguments tell it from others of its name; `[]` stands for `*`.
 *
 * @example
 * op.dropAggregate("product", ["numeric"]);
 * // DROP AGGREGATE product(numeric);
 */
export function dropAggregate(name: string, args: RoutineArguments, options: DropAggregateOptions = {}): DropAggregate {
  return frozen({ kind: "dropAggregate", name, args, ...options });
}

function statements(op: DropAggregate): Statement[] {
  const signature = aggregateSignature(op.schema, op.name, op.args, op);
  return [statement(clauses("DROP AGGREGATE", op.ifExists && "IF EXISTS", signature, op.cascade && "CASCADE"))];
}

export const dropAggregateDefinition = define({
  build: dropAggregate,
  statements,
  reverse: ({ name, args, schema, cascade, orderBy }, before) =>
    recreatedBy(
      before,
      { kind: "aggregate", schema, name, signature: aggregateTypes(args, { orderBy }) },
      "What a dropped aggregate does is not in the call that drops it.",
      cascade,
    ),
  args: ({ name, args, ...options }) => [name, args, options],
  fields: { name: true, args: true, schema: true, ifExists: true, cascade: true, orderBy: true },
  docs: {
    summary:
      "Drops an aggregate function. The types of its arguments tell it from others of its name; `[]` stands for " +
      "`*`.",
    examples: [
      { call: `op.dropAggregate("product", ["numeric"]);`, sql: "DROP AGGREGATE product(numeric);" },
      {
        call: `op.dropAggregate("usual", [], { schema: "atlas", orderBy: ["anyelement"], ifExists: true, cascade: true });`,
        sql: "DROP AGGREGATE IF EXISTS atlas.usual(ORDER BY anyelement) CASCADE;",
      },
      { call: `op.dropAggregate("heads", []);`, sql: "DROP AGGREGATE heads(*);" },
    ],
    manual: ["sql-dropaggregate"],
  },
});
