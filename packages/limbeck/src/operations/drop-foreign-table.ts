import { define, droppedByName, recreatedBy } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { qualified } from "./language/identifiers.ts";
import { clauses, lock, statement } from "./language/statement.ts";

export interface DropForeignTableOptions {
  readonly schema?: string;
  readonly ifExists?: boolean;
  /** Drops what depends on it, too. */
  readonly cascade?: boolean;
}

export interface DropForeignTable extends DropForeignTableOptions {
  readonly kind: "dropForeignTable";
  readonly name: string;
}

/**
 * Drops a foreign table. The rows stay where they are.
 *
 * @example
 * op.dropForeignTable("reading");
 * // DROP FOREIGN TABLE reading;
 */
export function dropForeignTable(name: string, options: DropForeignTableOptions = {}): DropForeignTable {
  return frozen({ kind: "dropForeignTable", name, ...options });
}

export const dropForeignTableDefinition = define({
  build: dropForeignTable,
  statements: ({ name, schema, ifExists, cascade }) => [
    statement(
      clauses("DROP FOREIGN TABLE", ifExists && "IF EXISTS", qualified(schema, name), cascade && "CASCADE"),
      lock("ACCESS EXCLUSIVE", qualified(schema, name)),
    ),
  ],
  reverse: ({ name, schema, cascade }, before) =>
    recreatedBy(
      before,
      { kind: "foreign table", schema, name },
      "The columns and options of a dropped foreign table are not in the call that drops it.",
      cascade,
    ),
  ...droppedByName,
  docs: {
    summary: "Drops a foreign table. The rows stay where they are.",
    examples: [
      { call: `op.dropForeignTable("reading");`, sql: "DROP FOREIGN TABLE reading;" },
      {
        call: `op.dropForeignTable("reading", { schema: "atlas", ifExists: true, cascade: true });`,
        sql: "DROP FOREIGN TABLE IF EXISTS atlas.reading CASCADE;",
      },
    ],
    manual: ["sql-dropforeigntable"],
  },
});
