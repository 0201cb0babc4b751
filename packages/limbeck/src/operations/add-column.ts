import { action, alterTable } from "./language/alter-table.ts";
import { columnSql, type ColumnSpec } from "./language/column.ts";
import { columnComment } from "./language/comment.ts";
import { define, reversedBy } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { identifier, qualified } from "./language/identifiers.ts";
import { clauses, type Statement } from "./language/statement.ts";
import { referencedLocks } from "./language/table-element.ts";

export interface AddColumnOptions {
  readonly schema?: string;
  readonly ifNotExists?: boolean;
}

export interface AddColumn extends AddColumnOptions {
  readonly kind: "addColumn";
  readonly table: string;
  readonly column: ColumnSpec;
}

/**
 * Adds a column to a table.
 *
 * @example
 * op.addColumn("city", column("mayor", "varchar(255)"));
 * // ALTER TABLE city ADD COLUMN mayor varchar(255);
 */
export function addColumn(table: string, column: ColumnSpec, options: AddColumnOptions = {}): AddColumn {
  return frozen({ kind: "addColumn", table, column, ...options });
}

function statements(op: AddColumn): Statement[] {
  const table = qualified(op.schema, op.table);
  const { name, comment } = op.column;
  const add = action(
    clauses("ADD COLUMN", op.ifNotExists && "IF NOT EXISTS", columnSql(op.column)),
    identifier(name),
    "add",
  );
  const added = alterTable(table, add, "ACCESS EXCLUSIVE", ...referencedLocks(table, [op.column]));
  return comment === undefined ? [added] : [added, columnComment(table, name, comment)];
}

export const addColumnDefinition = define({
  build: addColumn,
  statements,
  reverse: ({ table, schema, column }) =>
    reversedBy(frozen({ kind: "dropColumn", table, schema, column: column.name })),
  args: ({ table, column, ...options }) => [table, column, options],
  fields: { table: true, column: true, schema: true, ifNotExists: true },
  docs: {
    summary: "Adds a column to a table.",
    examples: [
      {
        call: `op.addColumn("city", column("mayor", "varchar(255)"));`,
        sql: "ALTER TABLE city ADD COLUMN mayor varchar(255);",
      },
      {
        call: `op.addColumn("city", column("founded", "date", { nullable: false, default: sql\`current_date\` }));`,
        sql: "ALTER TABLE city ADD COLUMN founded date DEFAULT current_date NOT NULL;",
      },
      {
        call: `op.addColumn("city", column("size", "real", { comment: "In km²" }), { schema: "atlas", ifNotExists: true });`,
        sql:
          "ALTER TABLE atlas.city ADD COLUMN IF NOT EXISTS size real;\n" +
          "COMMENT ON COLUMN atlas.city.size IS 'In km²';",
      },
    ],
    manual: ["sql-altertable", "sql-createtable"],
  },
});
