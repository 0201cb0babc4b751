import { define, reversedBy } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { identifier, qualified } from "./language/identifiers.ts";
import { checkColumns } from "./language/invalid.ts";
import { isSql, type Sql } from "./language/sql-text.ts";
import { clauses, lock, statement, type Statement } from "./language/statement.ts";

export interface CreateStatisticsOptions {
  /** The schema of the table and of the statistics object. */
  readonly schema?: string;
  readonly ifNotExists?: boolean;
  /** What is measured; everything by default. Not for a single expression. */
  readonly kinds?: readonly ("ndistinct" | "dependencies" | "mcv")[];
}

export interface CreateStatistics extends CreateStatisticsOptions {
  readonly kind: "createStatistics";
  readonly name: string;
  readonly table: string;
  readonly columns: readonly (string | Sql)[];
}

/**
 * Creates a statistics object, by which ANALYZE measures how columns hang together, or how an expression's values are
 * spread (PostgreSQL 14).
 *
 * @example
 * op.createStatistics("st_city_region", "city", ["zip", "region"], { kinds: ["dependencies"] });
 * // CREATE STATISTICS st_city_region (dependencies) ON zip, region FROM city;
 */
export function createStatistics(
  name: string,
  table: string,
  columns: readonly (string | Sql)[],
  options: CreateStatisticsOptions = {},
): CreateStatistics {
  checkColumns("op.createStatistics", columns);
  return frozen({ kind: "createStatistics", name, table, columns, ...options });
}

function statements(op: CreateStatistics): Statement[] {
  const table = qualified(op.schema, op.table);
  const columns = op.columns.map((column) => (isSql(column) ? `(${column.$sql})` : identifier(column)));
  const text = clauses(
    "CREATE STATISTICS",
    op.ifNotExists && "IF NOT EXISTS",
    qualified(op.schema, op.name),
    op.kinds && `(${op.kinds.join(", ")})`,
    `ON ${columns.join(", ")} FROM ${table}`,
  );
  return [statement(text, lock("SHARE UPDATE EXCLUSIVE", table))];
}

export const createStatisticsDefinition = define({
  build: createStatistics,
  statements,
  reverse: ({ name, table, schema }) => reversedBy(frozen({ kind: "dropStatistics", name, schema, table })),
  args: ({ name, table, columns, ...options }) => [name, table, columns, options],
  fields: { name: true, table: true, columns: true, schema: true, ifNotExists: true, kinds: true },
  docs: {
    summary:
      "Creates a statistics object, by which ANALYZE measures how columns hang together, or how an expression's values " +
      "are spread (PostgreSQL 14).",
    examples: [
      {
        call: `op.createStatistics("st_city_region", "city", ["zip", "region"], { kinds: ["dependencies"] });`,
        sql: "CREATE STATISTICS st_city_region (dependencies) ON zip, region FROM city;",
      },
      {
        call: 'op.createStatistics("st_city_name", "city", [sql`lower(name)`], { schema: "atlas", ifNotExists: true });',
        sql: "CREATE STATISTICS IF NOT EXISTS atlas.st_city_name ON (lower(name)) FROM atlas.city;",
      },
    ],
    manual: ["sql-createstatistics"],
  },
});
