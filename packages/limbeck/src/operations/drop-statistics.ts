import { define, recreatedBy } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { qualified } from "./language/identifiers.ts";
import { clauses, lock, statement, type Statement } from "./language/statement.ts";

export interface DropStatisticsOptions {
  readonly schema?: string;
  readonly ifExists?: boolean;
  /** The object's table: not part of the SQL, but its lock is known then. */
  readonly table?: string;
}

export interface DropStatistics extends DropStatisticsOptions {
  readonly kind: "dropStatistics";
  readonly name: string;
}

/**
 * Drops a statistics object.
 *
 * @example
 * op.dropStatistics("st_city_region");
 * // DROP STATISTICS st_city_region;
 */
export function dropStatistics(name: string, options: DropStatisticsOptions = {}): DropStatistics {
  return frozen({ kind: "dropStatistics", name, ...options });
}

function statements({ name, schema, ifExists, table }: DropStatistics): Statement[] {
  const text = clauses("DROP STATISTICS", ifExists && "IF EXISTS", qualified(schema, name));
  return [
    table === undefined ? statement(text) : statement(text, lock("SHARE UPDATE EXCLUSIVE", qualified(schema, table))),
  ];
}

export const dropStatisticsDefinition = define({
  build: dropStatistics,
  statements,
  reverse: ({ name, schema }, before) =>
    recreatedBy(
      before,
      { kind: "statistics", schema, name },
      "What a dropped statistics object measures is not in the call that drops it.",
    ),
  args: ({ name, ...options }) => [name, options],
  fields: { name: true, schema: true, ifExists: true, table: true },
  docs: {
    summary: "Drops a statistics object.",
    examples: [
      {
        call: `op.dropStatistics("st_city_region");`,
        sql: "DROP STATISTICS st_city_region;",
      },
      {
        call: `op.dropStatistics("st_city_region", { schema: "atlas", table: "city", ifExists: true });`,
        sql: "DROP STATISTICS IF EXISTS atlas.st_city_region;",
      },
    ],
    manual: ["sql-dropstatistics"],
  },
});
