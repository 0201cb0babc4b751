import { action, alterTable } from "./language/alter-table.ts";
import { define, notReversible } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { identifier, qualified } from "./language/identifiers.ts";
import { clauses, type Statement } from "./language/statement.ts";

export interface DropExpressionOptions {
  readonly schema?: string;
  readonly ifExists?: boolean;
}

export interface DropExpression extends DropExpressionOptions {
  readonly kind: "dropExpression";
  readonly table: string;
  readonly column: string;
}

/**
 * Makes a generated column a common one. It keeps its values.
 *
 * @example
 * op.dropExpression("city", "density");
 * // ALTER TABLE city ALTER COLUMN density DROP EXPRESSION;
 */
export function dropExpression(table: string, column: string, options: DropExpressionOptions = {}): DropExpression {
  return frozen({ kind: "dropExpression", table, column, ...options });
}

function statements({ table, column, schema, ifExists }: DropExpression): Statement[] {
  const relation = qualified(schema, table);
  const name = identifier(column);
  const text = clauses(`ALTER COLUMN ${name} DROP EXPRESSION`, ifExists && "IF EXISTS");
  return [alterTable(relation, action(text, name, "drop"))];
}

export const dropExpressionDefinition = define({
  build: dropExpression,
  statements,
  reverse: () => notReversible("PostgreSQL has no way of making a column that is there a generated one."),
  args: ({ table, column, ...options }) => [table, column, options],
  fields: { table: true, column: true, schema: true, ifExists: true },
  docs: {
    summary: "Makes a generated column a common one. It keeps its values.",
    examples: [
      { call: `op.dropExpression("city", "density");`, sql: "ALTER TABLE city ALTER COLUMN density DROP EXPRESSION;" },
      {
        call: `op.dropExpression("city", "density", { schema: "atlas", ifExists: true });`,
        sql: "ALTER TABLE atlas.city ALTER COLUMN density DROP EXPRESSION IF EXISTS;",
      },
    ],
    manual: ["sql-altertable"],
  },
});
