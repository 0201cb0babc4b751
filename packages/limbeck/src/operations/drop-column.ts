import { action, alterTable } from "./language/alter-table.ts";
import { define, recreatedBy } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { identifier, qualified } from "./language/identifiers.ts";
import { clauses, type Statement } from "./language/statement.ts";

export interface DropColumnOptions {
  readonly schema?: string;
  readonly ifExists?: boolean;
  /** Drops what depends on the column, too: views, and the foreign keys that point to it. */
  readonly cascade?: boolean;
}

export interface DropColumn extends DropColumnOptions {
  readonly kind: "dropColumn";
  readonly table: string;
  readonly column: string;
}

/**
 * Drops a column, and with it the table's indexes and constraints that name it.
 *
 * @example
 * op.dropColumn("city", "mayor");
 * // ALTER TABLE city DROP COLUMN mayor;
 */
export function dropColumn(table: string, column: string, options: DropColumnOptions = {}): DropColumn {
  return frozen({ kind: "dropColumn", table, column, ...options });
}

function statements(op: DropColumn): Statement[] {
  const table = qualified(op.schema, op.table);
  const column = identifier(op.column);
  const text = clauses("DROP COLUMN", op.ifExists && "IF EXISTS", column, op.cascade && "CASCADE");
  return [alterTable(table, action(text, column, "drop"))];
}

export const dropColumnDefinition = define({
  build: dropColumn,
  statements,
  reverse: ({ table, column, schema, cascade }, before) =>
    recreatedBy(
      before,
      { kind: "column", schema, table, name: column },
      "The type and the values of a dropped column are gone.",
      cascade,
    ),
  args: ({ table, column, ...options }) => [table, column, options],
  fields: { table: true, column: true, schema: true, ifExists: true, cascade: true },
  docs: {
    summary: "Drops a column, and with it the table's indexes and constraints that name it.",
    examples: [
      {
        call: `op.dropColumn("city", "mayor");`,
        sql: "ALTER TABLE city DROP COLUMN mayor;",
      },
      {
        call: `op.dropColumn("city", "mayor", { schema: "atlas", ifExists: true, cascade: true });`,
        sql: "ALTER TABLE atlas.city DROP COLUMN IF EXISTS mayor CASCADE;",
      },
    ],
    manual: ["sql-altertable"],
  },
});
