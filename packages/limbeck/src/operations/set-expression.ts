import { action, alterTable } from "./language/alter-table.ts";
import { define, madeBy, notReversible, reversedBy, type Reversal, type SchemaBefore } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { identifier, qualified } from "./language/identifiers.ts";
import { sqlText, type Sql } from "./language/sql-text.ts";
import type { Statement } from "./language/statement.ts";

export interface SetExpressionOptions {
  readonly schema?: string;

  /** The expression before: with it the operation can be reversed. */
  readonly existing?: string | Sql;
}

export interface SetExpression extends SetExpressionOptions {
  readonly kind: "setExpression";
  readonly table: string;
  readonly column: string;
  readonly expression: string | Sql;
}

/**
 * Changes what a generated column is computed from (PostgreSQL 17). The table is written anew.
 *
 * @example
 * op.setExpression("city", "density", "people / size");
 * // ALTER TABLE city ALTER COLUMN density SET EXPRESSION AS (people / size);
 */
export function setExpression(
  table: string,
  column: string,
  expression: string | Sql,
  options: SetExpressionOptions = {},
): SetExpression {
  return frozen({ kind: "setExpression", table, column, expression, ...options });
}

function statements({ table, column, expression, schema }: SetExpression): Statement[] {
  const relation = qualified(schema, table);
  const name = identifier(column);
  return [alterTable(relation, action(`ALTER COLUMN ${name} SET EXPRESSION AS (${sqlText(expression)})`, name))];
}

function reverse(op: SetExpression, before?: SchemaBefore): Reversal {
  const { table, column, expression, schema } = op;
  const made = madeBy(before, { kind: "column", schema, table, name: column }, "addColumn");
  const existing = op.existing ?? made?.column.generated?.expression;
  return existing === undefined
    ? notReversible("What the expression is before, `existing: …` would have to say.")
    : reversedBy(setExpression(table, column, existing, frozen({ schema, existing: expression })));
}

export const setExpressionDefinition = define({
  build: setExpression,
  statements,
  reverse,
  args: ({ table, column, expression, ...options }) => [table, column, expression, options],
  fields: { table: true, column: true, expression: true, schema: true, existing: true },
  docs: {
    summary: "Changes what a generated column is computed from (PostgreSQL 17). The table is written anew.",
    examples: [
      {
        call: `op.setExpression("city", "density", "people / size");`,
        sql: "ALTER TABLE city ALTER COLUMN density SET EXPRESSION AS (people / size);",
      },
      {
        call: `op.setExpression("city", "density", sql\`people / 2\`, { schema: "atlas", existing: "people / size" });`,
        sql: "ALTER TABLE atlas.city ALTER COLUMN density SET EXPRESSION AS (people / 2);",
      },
    ],
    manual: ["sql-altertable"],
  },
});
