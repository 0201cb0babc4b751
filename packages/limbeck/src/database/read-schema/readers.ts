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

/** The readers for a server; for chosen schemas only, without what belongs to the whole database. */
export function readersFor(majorVersion: number, ofChosenSchemas: boolean): readonly CatalogReader[] {
  const readers = ofChosenSchemas ? IN_SCHEMAS : [...IN_SCHEMAS, ...OF_DATABASE];
  return readers.filter(({ since = 0 }) => majorVersion >= since);
}

/** The statement that tells for each reader, in one row of `t` and `f`, whether it would find anything. */
export function occupiedQuery(readers: readonly CatalogReader[]): string {
  const flags = readers.map(({ catalog, source, where }) => {
    if (catalog === "pg_namespace") return "true";
    if (source !== undefined) return `exists (select from ${source})`;
    return `exists (select from ${catalog} where ${madeByPeople("oid")}${where === undefined ? "" : ` and (${where})`})`;
  });
  return `select concat(${flags.join(", ")}) as occupied`;
}
