import type { ColumnType } from "./language/column.ts";
import { define, recreatedBy } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { operatorSql } from "./language/operator.ts";
import { clauses, statement } from "./language/statement.ts";

export interface DropOperatorOptions {
  readonly schema?: string;
  readonly ifExists?: boolean;
  /** Drops what depends on the operator, too. */
  readonly cascade?: boolean;
}

export interface DropOperator extends DropOperatorOptions {
  readonly kind: "dropOperator";
  readonly name: string;
  /** The type on its left; null for a prefix operator. */
  readonly left: ColumnType | null;
  readonly right: ColumnType;
}

/**
 * Drops an operator, which the types on its two sides tell from others of its name. A prefix operator has null on its
 * left.
 *
 * @example
 * op.dropOperator("===", "place", "place");
 * // DROP OPERATOR === (place, place);
 */
export function dropOperator(
  name: string,
  left: ColumnType | null,
  right: ColumnType,
  options: DropOperatorOptions = {},
): DropOperator {
  return frozen({ kind: "dropOperator", name, left, right, ...options });
}

export const dropOperatorDefinition = define({
  build: dropOperator,
  statements: ({ name, left, right, schema, ifExists, cascade }) => [
    statement(
      clauses(
        "DROP OPERATOR",
        ifExists && "IF EXISTS",
        `${operatorSql(schema, name)} (${left ?? "NONE"}, ${right})`,
        cascade && "CASCADE",
      ),
    ),
  ],
  reverse: ({ name, left, right, schema, cascade }, before) =>
    recreatedBy(
      before,
      { kind: "operator", schema, name, left, right },
      "The function of a dropped operator is not in the call that drops it.",
      cascade,
    ),
  args: ({ name, left, right, ...options }) => [name, left, right, options],
  fields: { name: true, left: true, right: true, schema: true, ifExists: true, cascade: true },
  docs: {
    summary:
      "Drops an operator, which the types on its two sides tell from others of its name. A prefix operator has null on " +
      "its left.",
    examples: [
      { call: `op.dropOperator("===", "place", "place");`, sql: "DROP OPERATOR === (place, place);" },
      {
        call: `op.dropOperator("!!", null, "integer", { schema: "atlas", ifExists: true, cascade: true });`,
        sql: "DROP OPERATOR IF EXISTS atlas.!! (NONE, integer) CASCADE;",
      },
    ],
    manual: ["sql-dropoperator"],
  },
});
