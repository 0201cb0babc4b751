import type { VersionTable } from "./version-table.ts";

/** The name of the advisory lock under which all runners of one version table meet. */
export function lockName(table: VersionTable): string {
  return `limbeck:${table.schema}.${table.name}`;
}
