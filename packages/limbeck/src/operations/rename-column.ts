import { define, reversedBy } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { identifier, qualified } from "./language/identifiers.ts";
import { lock, statement, type Statement } from "./language/statement.ts";

export interface RenameColumnOptions {
  readonly schema?: string;
}

export interface RenameColumn extends RenameColumnOptions {
  readonly kind: "renameColumn";
  readonly table: string;
  readonly column: string;
  readonly newName: string;
}

/**
 * Renames a column.
 *
 * @example
 * op.renameColumn("city", "mayor", "head");
 * // ALTER TABLE city RENAME COLUMN mayor TO head;
 */
export function renameColumn(
  table: string,
  column: string,
  newName: string,
  options: RenameColumnOptions = {},
): RenameColumn {
  return frozen({ kind: "renameColumn", table, column, newName, ...options });
}

function statements(op: RenameColumn): Statement[] {
  const table = qualified(op.schema, op.table);
  const text = `ALTER TABLE ${table} RENAME COLUMN ${identifier(op.column)} TO ${identifier(op.newName)}`;
  return [statement(text, lock("ACCESS EXCLUSIVE", table))];
}

export const renameColumnDefinition = define({
  build: renameColumn,
  statements,
  reverse: ({ table, column, newName, schema }) => reversedBy(renameColumn(table, newName, column, frozen({ schema }))),
  args: ({ table, column, newName, ...options }) => [table, column, newName, options],
  fields: { table: true, column: true, newName: true, schema: true },
  docs: {
    summary: "Renames a column.",
    examples: [
      {
        call: `op.renameColumn("city", "mayor", "head");`,
        sql: "ALTER TABLE city RENAME COLUMN mayor TO head;",
      },
      {
        call: `op.renameColumn("city", "mayor", "head", { schema: "atlas" });`,
        sql: "ALTER TABLE atlas.city RENAME COLUMN mayor TO head;",
      },
    ],
    manual: ["sql-altertable"],
  },
});
