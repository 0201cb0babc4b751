import { define, notReversible } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { identifiers, qualified } from "./language/identifiers.ts";
import { invalid } from "./language/invalid.ts";
import { literal, type Literal } from "./language/literals.ts";
import type { Sql } from "./language/sql-text.ts";
import { clauses, lock, statement, type Statement } from "./language/statement.ts";

/**
 * A row by its columns' names: JavaScript values, quoted as literals, or sql`…` for an expression. An array is one of
 * PostgreSQL's; one for a JSON column is passed as JSON text. A column that only other rows name gets its default.
 */
export type Row = Readonly<Record<string, Literal | Sql>>;

export interface BulkInsertOptions {
  readonly schema?: string;
  /** `"system"` to give identity columns that are `always` their values; `"user"` to let all identity columns count. */
  readonly overriding?: "system" | "user";
}

export interface BulkInsert extends BulkInsertOptions {
  readonly kind: "bulkInsert";
  readonly table: string;
  readonly rows: readonly Row[];
}

/** How many rows one INSERT has at the most. */
const MAX_ROWS = 1000;

/** How many characters the rows of one INSERT have together, if there are several. */
const MAX_LENGTH = 1_000_000;

/**
 * Puts rows into a table, many with one INSERT.
 *
 * @example
 * op.bulkInsert("city", [{ id: 1, name: "Oslo" }, { id: 2, mayor: null }]);
 * // INSERT INTO city (id, name, mayor) VALUES
 * //   (1, 'Oslo', DEFAULT),
 * //   (2, DEFAULT, NULL);
 */
export function bulkInsert(table: string, rows: readonly Row[], options: BulkInsertOptions = {}): BulkInsert {
  for (const [index, row] of rows.entries()) {
    const missing = Object.keys(row).find((column) => row[column] === undefined);
    if (missing === undefined) continue;
    throw invalid(
      `op.bulkInsert("${table}") was given undefined for "${missing}" in row ${index}.`,
      "Pass null where a NULL is meant, and leave the column out for its default.",
    );
  }
  const op: BulkInsert = frozen({ kind: "bulkInsert", table, rows, ...options });
  if (rows.length === 0 || columnsOf(op).length > 0) return op;
  throw invalid(`op.bulkInsert("${table}") was given rows without any column.`, "Name at least one column.");
}

function columnsOf({ rows }: BulkInsert): string[] {
  const columns = new Set<string>();
  for (const row of rows) {
    for (const column of Object.keys(row)) columns.add(column);
  }
  return [...columns];
}

function statements(op: BulkInsert): Statement[] {
  const table = qualified(op.schema, op.table);
  const columns = columnsOf(op);
  const rows = op.rows.map((row) => rowSql(row, columns));
  const head = clauses(
    `INSERT INTO ${table} (${identifiers(columns)})`,
    op.overriding && `OVERRIDING ${op.overriding.toUpperCase()} VALUE`,
    "VALUES",
  );
  return chunks(rows).map((chunk) => statement(`${head}\n  ${chunk.join(",\n  ")}`, lock("ROW EXCLUSIVE", table)));
}

function rowSql(row: Row, columns: readonly string[]): string {
  const values = columns.map((column) => (Object.hasOwn(row, column) ? literal(row[column]!) : "DEFAULT"));
  return `(${values.join(", ")})`;
}

function chunks(rows: readonly string[]): string[][] {
  const all: string[][] = [];
  let length = Infinity;
  for (const row of rows) {
    length += row.length;
    const chunk = all.at(-1);
    if (chunk !== undefined && chunk.length < MAX_ROWS && length <= MAX_LENGTH) {
      chunk.push(row);
    } else {
      all.push([row]);
      length = row.length;
    }
  }
  return all;
}

export const bulkInsertDefinition = define({
  build: bulkInsert,
  statements,
  reverse: () => notReversible("Which of the table's rows are these, only their author knows."),
  args: ({ table, rows, ...options }) => [table, rows, options],
  fields: { table: true, rows: true, schema: true, overriding: true },
  docs: {
    summary: "Puts rows into a table, many with one INSERT.",
    examples: [
      {
        call: `op.bulkInsert("city", [{ id: 1, name: "Oslo" }, { id: 2, mayor: null }]);`,
        sql: "INSERT INTO city (id, name, mayor) VALUES\n  (1, 'Oslo', DEFAULT),\n  (2, DEFAULT, NULL);",
      },
      {
        call: 'op.bulkInsert("city", [{ name: "Bergen", founded: sql`date \'1070-01-01\'` }], { schema: "atlas" });',
        sql: "INSERT INTO atlas.city (name, founded) VALUES\n  ('Bergen', date '1070-01-01');",
      },
      {
        call: 'op.bulkInsert("country", [{ id: 47, code: "NO" }], { overriding: "system" });',
        sql: "INSERT INTO country (id, code) OVERRIDING SYSTEM VALUE VALUES\n  (47, 'NO');",
      },
    ],
    manual: ["sql-insert"],
  },
});
