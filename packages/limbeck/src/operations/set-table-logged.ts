import { action, alterTable } from "./language/alter-table.ts";
import { define, reversedBy } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { qualified } from "./language/identifiers.ts";
import type { Statement } from "./language/statement.ts";

export interface SetTableLoggedOptions {
  readonly schema?: string;
}

export interface SetTableLogged extends SetTableLoggedOptions {
  readonly kind: "setTableLogged";
  readonly table: string;
  readonly logged: boolean;
}

/**
 * Makes a table unlogged, or logged again. It is written anew, and an unlogged one is empty after a crash.
 *
 * @example
 * op.setTableLogged("city", false);
 * // ALTER TABLE city SET UNLOGGED;
 */
export function setTableLogged(table: string, logged: boolean, options: SetTableLoggedOptions = {}): SetTableLogged {
  return frozen({ kind: "setTableLogged", table, logged, ...options });
}

function statements({ table, logged, schema }: SetTableLogged): Statement[] {
  const relation = qualified(schema, table);
  return [alterTable(relation, action(`SET ${logged ? "LOGGED" : "UNLOGGED"}`, "LOGGED", "once"))];
}

export const setTableLoggedDefinition = define({
  build: setTableLogged,
  statements,
  reverse: ({ table, logged, schema }) => reversedBy(setTableLogged(table, !logged, frozen({ schema }))),
  args: ({ table, logged, ...options }) => [table, logged, options],
  fields: { table: true, logged: true, schema: true },
  docs: {
    summary: "Makes a table unlogged, or logged again. It is written anew, and an unlogged one is empty after a crash.",
    examples: [
      { call: `op.setTableLogged("city", false);`, sql: "ALTER TABLE city SET UNLOGGED;" },
      { call: `op.setTableLogged("city", true, { schema: "atlas" });`, sql: "ALTER TABLE atlas.city SET LOGGED;" },
    ],
    manual: ["sql-altertable"],
  },
});
