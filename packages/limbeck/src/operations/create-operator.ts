import type { ColumnType } from "./language/column.ts";
import { define, reversedBy } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { nameSql } from "./language/identifiers.ts";
import { operatorSql } from "./language/operator.ts";
import type { Sql } from "./language/sql-text.ts";
import { statement, type Statement } from "./language/statement.ts";

export interface CreateOperatorOptions {
  readonly schema?: string;
  /** The type on its left; a prefix operator has none. */
  readonly left?: ColumnType;
  readonly right: ColumnType;
  /** The function that it calls: a name, or sql`…`. */
  readonly function: string | Sql;
  /** The operator that does the same with its sides exchanged, as it is written in SQL. */
  readonly commutator?: string;
  /** The operator that gives the opposite, as it is written in SQL. */
  readonly negator?: string;
  /** The function that estimates how many rows a condition leaves. */
  readonly restrict?: string;
  /** The function that estimates how many rows a join leaves. */
  readonly join?: string;
  readonly hashes?: boolean;
  readonly merges?: boolean;
}

export interface CreateOperator extends CreateOperatorOptions {
  readonly kind: "createOperator";
  readonly name: string;
}

/**
 * Creates an operator that calls a function.
 *
 * @example
 * op.createOperator("===", { left: "place", right: "place", function: "same_place", commutator: "===" });
 * // CREATE OPERATOR === (FUNCTION = same_place, LEFTARG = place, RIGHTARG = place, COMMUTATOR = ===);
 */
export function createOperator(name: string, options: CreateOperatorOptions): CreateOperator {
  return frozen({ kind: "createOperator", name, ...options });
}

function statements(op: CreateOperator): Statement[] {
  const options = [
    `FUNCTION = ${nameSql(op.function)}`,
    op.left !== undefined && `LEFTARG = ${op.left}`,
    `RIGHTARG = ${op.right}`,
    op.commutator !== undefined && `COMMUTATOR = ${op.commutator}`,
    op.negator !== undefined && `NEGATOR = ${op.negator}`,
    op.restrict !== undefined && `RESTRICT = ${op.restrict}`,
    op.join !== undefined && `JOIN = ${op.join}`,
    op.hashes && "HASHES",
    op.merges && "MERGES",
  ].filter((option) => typeof option === "string");
  return [statement(`CREATE OPERATOR ${operatorSql(op.schema, op.name)} (${options.join(", ")})`)];
}

export const createOperatorDefinition = define({
  build: createOperator,
  statements,
  reverse: ({ name, schema, left, right }) =>
    reversedBy(frozen({ kind: "dropOperator", name, left: left ?? null, right, schema })),
  args: ({ name, ...options }) => [name, options],
  fields: {
    name: true,
    schema: true,
    left: true,
    right: true,
    function: true,
    commutator: true,
    negator: true,
    restrict: true,
    join: true,
    hashes: true,
    merges: true,
  },
  docs: {
    summary: "Creates an operator that calls a function.",
    examples: [
      {
        call: `op.createOperator("===", { left: "place", right: "place", function: "same_place", commutator: "===" });`,
        sql: "CREATE OPERATOR === (FUNCTION = same_place, LEFTARG = place, RIGHTARG = place, COMMUTATOR = ===);",
      },
      {
        call:
          `op.createOperator("=", {\n` +
          `  schema: "atlas",\n` +
          `  left: "atlas.place",\n` +
          `  right: "atlas.place",\n` +
          '  function: sql.identifier("atlas", "same_place"),\n' +
          `  commutator: "OPERATOR(atlas.=)",\n` +
          `  negator: "OPERATOR(atlas.<>)",\n` +
          `  restrict: "eqsel",\n` +
          `  join: "eqjoinsel",\n` +
          `  hashes: true,\n` +
          `  merges: true,\n` +
          `});`,
        sql:
          "CREATE OPERATOR atlas.= (FUNCTION = atlas.same_place, LEFTARG = atlas.place, RIGHTARG = atlas.place, " +
          "COMMUTATOR = OPERATOR(atlas.=), NEGATOR = OPERATOR(atlas.<>), RESTRICT = eqsel, JOIN = eqjoinsel, HASHES, MERGES);",
      },
    ],
    manual: ["sql-createoperator"],
  },
});
