import { columns, defaults } from "./columns.ts";
import { constraints } from "./constraints.ts";
import {
  foreignDataWrappers,
  foreignServers,
  publications,
  publishedSchemas,
  publishedTables,
  subscriptions,
  userMappings,
} from "./foreign.ts";
import { madeByPeople } from "./fragments.ts";
import { indexes } from "./indexes.ts";
import {
  collations,
  conversions,
  extensions,
  schemas,
  statisticsObjects,
  textSearchConfigurations,
  textSearchDictionaries,
  textSearchParsers,
  textSearchTemplates,
} from "./namespaces.ts";
import {
  accessMethods,
  casts,
  languages,
  operatorClasses,
  operatorFamilies,
  operators,
  transforms,
} from "./operators.ts";
import type { CatalogReader } from "./reader.ts";
import { foreignTables, materializedViews, rules, sequences, tables, views } from "./relations.ts";
import { aggregates, functions, procedures } from "./routines.ts";
import { eventTriggers, policies, triggers } from "./triggers.ts";
import { baseTypes, compositeTypes, domains, enums, rangeTypes, shellTypes } from "./types.ts";

/** Those of what stands in schemas. */
const IN_SCHEMAS: readonly CatalogReader[] = [
  schemas,
  enums,
  domains,
  compositeTypes,
  rangeTypes,
  baseTypes,
  shellTypes,
  collations,
  conversions,
  sequences,
  tables,
  foreignTables,
  columns,
  defaults,
  constraints,
  indexes,
  statisticsObjects,
  views,
  materializedViews,
  functions,
  procedures,
  aggregates,
  operators,
  operatorFamilies,
  operatorClasses,
  textSearchParsers,
  textSearchTemplates,
  textSearchDictionaries,
  textSearchConfigurations,
  triggers,
  policies,
  rules,
  extensions,
];

/** Those of what belongs to the whole database. */
const OF_DATABASE: readonly CatalogReader[] = [
  languages,
  accessMethods,
  foreignDataWrappers,
  foreignServers,
  userMappings,
  casts,
  transforms,
  eventTriggers,
  publications,
  publishedTables,
  publishedSchemas,
  subscriptions,
];

/**
 * The readers for a server, in the order in which their objects can be taken: what others are on before those, and columns
 * before what names them. For chosen schemas only, without what belongs to the whole database.
 */
export function readersFor(majorVersion: number, ofChosenSchemas: boolean): readonly CatalogReader[] {
  const readers = ofChosenSchemas ? IN_SCHEMAS : [...IN_SCHEMAS, ...OF_DATABASE];
  const rank = (reader: CatalogReader): number => {
    if (reader === columns) return 1;
    return / as (_on|_columns)\b/.test(reader.sql(majorVersion, false)) ? 2 : 0;
  };
  return readers.filter(({ since = 0 }) => majorVersion >= since).toSorted((a, b) => rank(a) - rank(b));
}

/** Rows of a catalog that people made, perhaps only some of them. */
export type Occupants = Pick<CatalogReader, "catalog" | "where" | "source">;

/** What conditions look at, in the catalogs that several are about: its few different values are found out in one scan. */
const TOLD_APART: Readonly<Record<string, string>> = {
  pg_class: "relkind",
  pg_type: "typtype, typinput, typisdefined",
  pg_proc: "prokind",
};

/** The statement that tells of each, in one row of `t` and `f`, whether there are any. */
export function occupiedQuery(occupants: readonly Occupants[]): string {
  const made = Object.entries(TOLD_APART).map(
    ([catalog, told]) =>
      `made_${catalog} as materialized (select distinct ${told} from ${catalog} where ${madeByPeople("oid")})`,
  );
  const flags = occupants.map(({ catalog, source, where = "true" }) => {
    if (catalog === "pg_namespace") return "true";
    if (source !== undefined) return `exists (select from ${source})`;
    if (catalog in TOLD_APART) return `exists (select from made_${catalog} where ${where})`;
    return `exists (select from ${catalog} where ${madeByPeople("oid")} and (${where}))`;
  });
  return `with ${made.join(", ")} select concat(${flags.join(", ")}) as occupied`;
}
