import { define, droppedByName, recreatedBy } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { qualified } from "./language/identifiers.ts";
import { clauses, lock, statement, type Statement } from "./language/statement.ts";

export interface DropTableOptions {
  readonly schema?: string;
  readonly ifExists?: boolean;
  /** Drops what depends on the table, too: views, and the foreign keys that point to it. */
  readonly cascade?: boolean;
}

export interface DropTable extends DropTableOptions {
  readonly kind: "dropTable";
  readonly name: string;
}

/**
 * Drops a table.
 *
 * @example
 * op.dropTable("city");
 * // DROP TABLE city;
 */
export function dropTable(name: string, options: DropTableOptions = {}): DropTable {
  return frozen({ kind: "dropTable", name, ...options });
}

function statements({ name, schema, ifExists, cascade }: DropTable): Statement[] {
  const table = qualified(schema, name);
  const text = clauses("DROP TABLE", ifExists && "IF EXISTS", table, cascade && "CASCADE");
  return [statement(text, lock("ACCESS EXCLUSIVE", table))];
}

export const dropTableDefinition = define({
  build: dropTable,
  statements,
  reverse: ({ name, schema, cascade }, before) =>
    recreatedBy(
      before,
      { kind: "table", schema, name },
      "The columns and the rows of a dropped table are gone.",
      cascade,
    ),
  ...droppedByName,
  docs: {
    summary: "Drops a table.",
    examples: [
      {
        call: `op.dropTable("city");`,
        sql: "DROP TABLE city;",
      },
      {
        call: `op.dropTable("city", { schema: "atlas", ifExists: true, cascade: true });`,
        sql: "DROP TABLE IF EXISTS atlas.city CASCADE;",
      },
    ],
    manual: ["sql-droptable"],
  },
});
