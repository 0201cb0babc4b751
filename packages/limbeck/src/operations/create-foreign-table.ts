import { columnSql, type ColumnSpec } from "./language/column.ts";
import { columnCommentSql } from "./language/comment.ts";
import { constraintSql, type CheckSpec } from "./language/constraint.ts";
import { define, reversedBy } from "./language/definition.ts";
import { foreignOptionsSql, type ForeignOptions } from "./language/foreign.ts";
import { frozen } from "./language/freeze.ts";
import { identifier, qualified } from "./language/identifiers.ts";
import { quote } from "./language/literals.ts";
import { clauses, statement, type Statement } from "./language/statement.ts";

export interface CreateForeignTableOptions {
  readonly schema?: string;
  readonly ifNotExists?: boolean;
  readonly options?: ForeignOptions;
  /** By column: what the wrapper is told of it, as in `{ name: { column_name: "label" } }`. */
  readonly columnOptions?: Readonly<Record<string, ForeignOptions>>;
  readonly comment?: string;
}

export interface CreateForeignTable extends CreateForeignTableOptions {
  readonly kind: "createForeignTable";
  readonly name: string;
  readonly server: string;
  readonly elements: readonly (ColumnSpec | CheckSpec)[];
}

/**
 * Creates a foreign table, whose rows are on a foreign server. What else is changed of a table, its columns among it,
 * the operations on tables change of a foreign one.
 *
 * @example
 * op.createForeignTable("reading", "branch", [column("id", "integer")], { options: { table_name: "readings" } });
 * // CREATE FOREIGN TABLE reading (
 * //   id integer
 * // ) SERVER branch OPTIONS (table_name 'readings');
 */
export function createForeignTable(
  name: string,
  server: string,
  elements: readonly (ColumnSpec | CheckSpec)[],
  options: CreateForeignTableOptions = {},
): CreateForeignTable {
  return frozen({ kind: "createForeignTable", name, server, elements, ...options });
}

function statements(op: CreateForeignTable): Statement[] {
  const table = qualified(op.schema, op.name);
  const { columnOptions = {} } = op;
  const lines = op.elements.map((element) =>
    element.element === "column"
      ? columnSql(element, foreignOptionsSql(columnOptions[element.name]))
      : constraintSql(element),
  );
  const text = clauses(
    "CREATE FOREIGN TABLE",
    op.ifNotExists && "IF NOT EXISTS",
    table,
    lines.length === 0 ? "()" : `(\n${lines.map((line) => `  ${line}`).join(",\n")}\n)`,
    `SERVER ${identifier(op.server)}`,
    foreignOptionsSql(op.options),
  );
  const comments = op.elements.flatMap((element) =>
    element.element === "column" && element.comment !== undefined
      ? [columnCommentSql(table, element.name, element.comment)]
      : [],
  );
  const own = op.comment === undefined ? [] : [`COMMENT ON FOREIGN TABLE ${table} IS ${quote(op.comment)}`];
  return [text, ...own, ...comments].map((each) => statement(each));
}

export const createForeignTableDefinition = define({
  build: createForeignTable,
  statements,
  reverse: ({ name, schema }) => reversedBy(frozen({ kind: "dropForeignTable", name, schema })),
  args: ({ name, server, elements, ...options }) => [name, server, elements, options],
  fields: {
    name: true,
    server: true,
    elements: true,
    schema: true,
    ifNotExists: true,
    options: true,
    columnOptions: true,
    comment: true,
  },
  docs: {
    summary:
      "Creates a foreign table, whose rows are on a foreign server. What else is changed of a table, its columns among " +
      "it, the operations on tables change of a foreign one.",
    examples: [
      {
        call: `op.createForeignTable("reading", "branch", [column("id", "integer")], { options: { table_name: "readings" } });`,
        sql: "CREATE FOREIGN TABLE reading (\n  id integer\n) SERVER branch OPTIONS (table_name 'readings');",
      },
      {
        call:
          `op.createForeignTable(\n` +
          `  "reading",\n` +
          `  "branch",\n` +
          `  [column("at", "date", { nullable: false, comment: "Local" }), check("at > '2000-01-01'", { name: "ck_at" })],\n` +
          `  { schema: "atlas", ifNotExists: true, columnOptions: { at: { column_name: "day" } }, comment: "Elsewhere" },\n` +
          `);`,
        sql:
          "CREATE FOREIGN TABLE IF NOT EXISTS atlas.reading (\n" +
          "  at date OPTIONS (column_name 'day') NOT NULL,\n" +
          "  CONSTRAINT ck_at CHECK (at > '2000-01-01')\n" +
          ") SERVER branch;\n" +
          "COMMENT ON FOREIGN TABLE atlas.reading IS 'Elsewhere';\n" +
          "COMMENT ON COLUMN atlas.reading.at IS 'Local';",
      },
    ],
    manual: ["sql-createforeigntable"],
  },
});
