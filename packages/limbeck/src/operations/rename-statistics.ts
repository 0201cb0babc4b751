import { define, reversedBy, renamedByName } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { identifier, qualified } from "./language/identifiers.ts";
import { statement } from "./language/statement.ts";

export interface RenameStatisticsOptions {
  readonly schema?: string;
}

export interface RenameStatistics extends RenameStatisticsOptions {
  readonly kind: "renameStatistics";
  readonly name: string;
  readonly newName: string;
}

/**
 * Renames a statistics object.
 *
 * @example
 * op.renameStatistics("st_city_region", "st_town_region");
 * // ALTER STATISTICS st_city_region RENAME TO st_town_region;
 */
export function renameStatistics(
  name: string,
  newName: string,
  options: RenameStatisticsOptions = {},
): RenameStatistics {
  return frozen({ kind: "renameStatistics", name, newName, ...options });
}

export const renameStatisticsDefinition = define({
  build: renameStatistics,
  statements: ({ name, newName, schema }) => [
    statement(`ALTER STATISTICS ${qualified(schema, name)} RENAME TO ${identifier(newName)}`),
  ],
  reverse: ({ name, newName, schema }) => reversedBy(renameStatistics(newName, name, frozen({ schema }))),
  ...renamedByName,
  docs: {
    summary: "Renames a statistics object.",
    examples: [
      {
        call: `op.renameStatistics("st_city_region", "st_town_region");`,
        sql: "ALTER STATISTICS st_city_region RENAME TO st_town_region;",
      },
      {
        call: `op.renameStatistics("st_city_region", "st_town_region", { schema: "atlas" });`,
        sql: "ALTER STATISTICS atlas.st_city_region RENAME TO st_town_region;",
      },
    ],
    manual: ["sql-alterstatistics"],
  },
});
