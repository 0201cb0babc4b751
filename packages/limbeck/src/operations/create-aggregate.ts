import {
  AGGREGATE_FIELDS,
  aggregateSignature,
  aggregateSql,
  aggregateTypes,
  type AggregateOptions,
} from "./language/aggregate.ts";
import { define, madeBy, notReversible, reversedBy, type Reversal, type SchemaBefore } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import type { RoutineArguments } from "./language/routine.ts";
import { clauses, statement, type Statement } from "./language/statement.ts";

export interface CreateAggregateOptions extends AggregateOptions {
  readonly schema?: string;

  readonly orReplace?: boolean;
}

export interface CreateAggregate extends CreateAggregateOptions {
  readonly kind: "createAggregate";
  readonly name: string;
  readonly args: RoutineArguments;
}

/**
 * Creates an aggregate function. Its options are PostgreSQL's; functions, types and operators stand as in SQL.
 *
 * @example
 * op.createAggregate("product", ["numeric"], { sfunc: "numeric_mul", stype: "numeric", initcond: "1" });
 * // CREATE AGGREGATE product(numeric) (SFUNC = numeric_mul, STYPE = numeric, INITCOND = '1');
 */
export function createAggregate(
  name: string,
  args: RoutineArguments,
  options: CreateAggregateOptions,
): CreateAggregate {
  return frozen({ kind: "createAggregate", name, args, ...options });
}

function statements(op: CreateAggregate): Statement[] {
  const { name, args, schema, orReplace } = op;
  const text = clauses(
    "CREATE",
    orReplace && "OR REPLACE",
    "AGGREGATE",
    aggregateSignature(schema, name, args, op),
    aggregateSql(op),
  );
  return [statement(text)];
}

function reverse(op: CreateAggregate, before?: SchemaBefore): Reversal {
  const { name, args, schema, orderBy } = op;
  if (!op.orReplace) return reversedBy(frozen({ kind: "dropAggregate", name, args, schema, orderBy }));
  const signature = aggregateTypes(args, op);
  const replaced = madeBy(before, { kind: "aggregate", schema, name, signature }, "createAggregate");
  return replaced === undefined
    ? notReversible("Which aggregate, if any, was replaced is not in the call that replaces it.")
    : reversedBy({ ...replaced, orReplace: true });
}

export const createAggregateDefinition = define({
  build: createAggregate,
  statements,
  reverse,
  args: ({ name, args, ...options }) => [name, args, options],
  fields: { name: true, args: true, schema: true, orReplace: true, ...AGGREGATE_FIELDS },
  docs: {
    summary:
      "Creates an aggregate function. Its options are PostgreSQL's; functions, types and operators stand as in SQL.",
    examples: [
      {
        call: `op.createAggregate("product", ["numeric"], { sfunc: "numeric_mul", stype: "numeric", initcond: "1" });`,
        sql: "CREATE AGGREGATE product(numeric) (SFUNC = numeric_mul, STYPE = numeric, INITCOND = '1');",
      },
      {
        call:
          `op.createAggregate("mean", ["real"], {\n` +
          `  schema: "atlas",\n` +
          "  orReplace: true,\n" +
          `  sfunc: "float4_accum",\n` +
          `  stype: "float8[]",\n` +
          "  sspace: 64,\n" +
          `  finalfunc: "float8_avg",\n` +
          `  finalfuncModify: "read_only",\n` +
          `  combinefunc: "float8_combine",\n` +
          `  initcond: "{0,0,0}",\n` +
          `  parallel: "safe",\n` +
          "});",
        sql:
          "CREATE OR REPLACE AGGREGATE atlas.mean(real) (SFUNC = float4_accum, STYPE = float8[], SSPACE = 64, " +
          "FINALFUNC = float8_avg, FINALFUNC_MODIFY = READ_ONLY, COMBINEFUNC = float8_combine, INITCOND = '{0,0,0}', " +
          "PARALLEL = SAFE);",
      },
      {
        call:
          `op.createAggregate("mean", ["numeric"], {\n` +
          `  sfunc: "numeric_avg_accum",\n` +
          `  stype: "internal",\n` +
          `  finalfunc: "numeric_avg",\n` +
          `  combinefunc: "numeric_avg_combine",\n` +
          `  serialfunc: "numeric_avg_serialize",\n` +
          `  deserialfunc: "numeric_avg_deserialize",\n` +
          "});",
        sql:
          "CREATE AGGREGATE mean(numeric) (SFUNC = numeric_avg_accum, STYPE = internal, FINALFUNC = numeric_avg, " +
          "COMBINEFUNC = numeric_avg_combine, SERIALFUNC = numeric_avg_serialize, DESERIALFUNC = " +
          "numeric_avg_deserialize);",
      },
      {
        call:
          `op.createAggregate("total", ["integer"], {\n` +
          `  sfunc: "int4pl",\n` +
          `  stype: "integer",\n` +
          `  msfunc: "int4pl",\n` +
          `  minvfunc: "int4mi",\n` +
          `  mstype: "integer",\n` +
          "  msspace: 8,\n" +
          `  mfinalfunc: "as_total",\n` +
          "  mfinalfuncExtra: true,\n" +
          `  mfinalfuncModify: "shareable",\n` +
          `  minitcond: "0",\n` +
          `  sortop: ">",\n` +
          "});",
        sql:
          "CREATE AGGREGATE total(integer) (SFUNC = int4pl, STYPE = integer, MSFUNC = int4pl, MINVFUNC = int4mi, " +
          "MSTYPE = integer, MSSPACE = 8, MFINALFUNC = as_total, MFINALFUNC_EXTRA, MFINALFUNC_MODIFY = SHAREABLE, " +
          "MINITCOND = '0', SORTOP = >);",
      },
      {
        call:
          `op.createAggregate("place", ['VARIADIC "any"'], {\n` +
          `  orderBy: ['VARIADIC "any"'],\n` +
          `  sfunc: "ordered_set_transition_multi",\n` +
          `  stype: "internal",\n` +
          `  finalfunc: "rank_final",\n` +
          "  finalfuncExtra: true,\n" +
          "  hypothetical: true,\n" +
          "});",
        sql:
          `CREATE AGGREGATE place(VARIADIC "any" ORDER BY VARIADIC "any") (SFUNC = ordered_set_transition_multi, STYPE ` +
          "= internal, FINALFUNC = rank_final, FINALFUNC_EXTRA, HYPOTHETICAL);",
      },
    ],
    manual: ["sql-createaggregate"],
  },
});
