import { define, notReversible, reversedBy, type Reversal } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { qualified } from "./language/identifiers.ts";
import { statement } from "./language/statement.ts";

export interface AlterStatisticsOptions {
  readonly schema?: string;
  /** How finely ANALYZE measures, from 0 to 10000; -1 for as finely as the columns of the table. */
  readonly target: number;
  /** What the target is before: with it the operation can be reversed. */
  readonly existing?: { readonly target: number };
}

export interface AlterStatistics extends AlterStatisticsOptions {
  readonly kind: "alterStatistics";
  readonly name: string;
}

/**
 * Sets how finely ANALYZE measures for a statistics object.
 *
 * @example
 * op.alterStatistics("st_city_region", { target: 500, existing: { target: -1 } });
 * // ALTER STATISTICS st_city_region SET STATISTICS 500;
 */
export function alterStatistics(name: string, changes: AlterStatisticsOptions): AlterStatistics {
  return frozen({ kind: "alterStatistics", name, ...changes });
}

function reverse({ name, schema, target, existing }: AlterStatistics): Reversal {
  return existing === undefined
    ? notReversible("What the target is before, `existing: { target: … }` would have to say.")
    : reversedBy(alterStatistics(name, frozen({ schema, target: existing.target, existing: { target } })));
}

export const alterStatisticsDefinition = define({
  build: alterStatistics,
  statements: ({ name, schema, target }) => [
    statement(`ALTER STATISTICS ${qualified(schema, name)} SET STATISTICS ${target}`),
  ],
  reverse,
  args: ({ name, ...changes }) => [name, changes],
  fields: { name: true, schema: true, target: true, existing: true },
  docs: {
    summary: "Sets how finely ANALYZE measures for a statistics object.",
    examples: [
      {
        call: `op.alterStatistics("st_city_region", { target: 500, existing: { target: -1 } });`,
        sql: "ALTER STATISTICS st_city_region SET STATISTICS 500;",
      },
      {
        call: `op.alterStatistics("st_city_region", { schema: "atlas", target: 0 });`,
        sql: "ALTER STATISTICS atlas.st_city_region SET STATISTICS 0;",
      },
    ],
    manual: ["sql-alterstatistics"],
  },
});
