import { action, alterTable } from "./language/alter-table.ts";
import { define, reversedBy } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { qualified } from "./language/identifiers.ts";
import { nothingToChange } from "./language/invalid.ts";
import type { Statement } from "./language/statement.ts";

export interface SetRowSecurityOptions {
  readonly schema?: string;

  /** Whether policies decide which rows a role sees and writes. */
  readonly enabled?: boolean;
  /** Whether they do so for the table's owner, too. */
  readonly forced?: boolean;
}

export interface SetRowSecurity extends SetRowSecurityOptions {
  readonly kind: "setRowSecurity";
  readonly table: string;
}

/**
 * Switches row security of a table on or off. While it is on, and no policy lets a row through, nobody but the owner
 * sees it.
 *
 * @example
 * op.setRowSecurity("city", { enabled: true });
 * // ALTER TABLE city ENABLE ROW LEVEL SECURITY;
 */
export function setRowSecurity(table: string, options: SetRowSecurityOptions): SetRowSecurity {
  if (options.enabled === undefined && options.forced === undefined) {
    throw nothingToChange(`setRowSecurity("${table}")`, "enabled, forced or both");
  }
  return frozen({ kind: "setRowSecurity", table, ...options });
}

function statements({ table, schema, enabled, forced }: SetRowSecurity): Statement[] {
  const relation = qualified(schema, table);
  const words = [
    ...(enabled === undefined ? [] : [enabled ? "ENABLE" : "DISABLE"]),
    ...(forced === undefined ? [] : [forced ? "FORCE" : "NO FORCE"]),
  ];
  const actions = words.map((word) => action(`${word} ROW LEVEL SECURITY`));
  return [alterTable(relation, actions)];
}

export const setRowSecurityDefinition = define({
  build: setRowSecurity,
  statements,
  reverse: ({ table, schema, enabled, forced }) =>
    reversedBy(
      setRowSecurity(
        table,
        frozen({
          schema,
          enabled: enabled === undefined ? undefined : !enabled,
          forced: forced === undefined ? undefined : !forced,
        }),
      ),
    ),
  args: ({ table, ...options }) => [table, options],
  fields: { table: true, schema: true, enabled: true, forced: true },
  docs: {
    summary:
      "Switches row security of a table on or off. While it is on, and no policy lets a row through, nobody but " +
      "the owner sees it.",
    examples: [
      { call: `op.setRowSecurity("city", { enabled: true });`, sql: "ALTER TABLE city ENABLE ROW LEVEL SECURITY;" },
      {
        call: `op.setRowSecurity("city", { schema: "atlas", enabled: true, forced: true });`,
        sql: "ALTER TABLE atlas.city ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;",
      },
    ],
    manual: ["sql-altertable", "ddl-rowsecurity"],
  },
});
