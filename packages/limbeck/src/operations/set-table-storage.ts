import { action, alterTable } from "./language/alter-table.ts";
import { define, madeBy, reversedBy, type Reversal, type SchemaBefore } from "./language/definition.ts";
import { changedBack } from "./language/existing.ts";
import { frozen } from "./language/freeze.ts";
import { qualified } from "./language/identifiers.ts";
import { nothingToChange } from "./language/invalid.ts";
import type { Statement } from "./language/statement.ts";
import { storageActions, type StorageChanges } from "./language/storage.ts";

export interface SetTableStorageOptions {
  readonly schema?: string;

  /** What the parameters are before, null for the default: with it the operation can be reversed. */
  readonly existing?: StorageChanges;
}

export interface SetTableStorage extends SetTableStorageOptions {
  readonly kind: "setTableStorage";
  readonly table: string;
  readonly parameters: StorageChanges;
}

/**
 * Sets storage parameters of a table or a materialized view; null takes one back to its default.
 *
 * @example
 * op.setTableStorage("city", { fillfactor: 70 });
 * // ALTER TABLE city SET (fillfactor = 70);
 */
export function setTableStorage(
  table: string,
  parameters: StorageChanges,
  options: SetTableStorageOptions = {},
): SetTableStorage {
  if (Object.keys(parameters).length === 0) {
    throw nothingToChange(`setTableStorage("${table}")`, "parameters, as in { fillfactor: 70 }");
  }
  return frozen({ kind: "setTableStorage", table, parameters, ...options });
}

function statements({ table, parameters, schema }: SetTableStorage): Statement[] {
  const relation = qualified(schema, table);
  // The one parameter of a table that changes what its readers do.
  const mode = Object.hasOwn(parameters, "user_catalog_table") ? "ACCESS EXCLUSIVE" : "SHARE UPDATE EXCLUSIVE";
  const actions = storageActions(parameters).map((text) => action(text));
  return [alterTable(relation, actions, mode)];
}

function reverse(op: SetTableStorage, before?: SchemaBefore): Reversal {
  const { table, parameters, schema } = op;
  const made = madeBy(before, { kind: "table", schema, name: table }, "createTable");
  const known = made && Object.fromEntries(Object.keys(parameters).map((name) => [name, made.with?.[name] ?? null]));
  const change = changedBack<StorageChanges>(parameters, { ...known, ...op.existing }, "table");
  if ("notReversible" in change) return change;
  return reversedBy(
    setTableStorage(table, frozen(change.back) as StorageChanges, frozen({ schema, existing: parameters })),
  );
}

export const setTableStorageDefinition = define({
  build: setTableStorage,
  statements,
  reverse,
  args: ({ table, parameters, ...options }) => [table, parameters, options],
  fields: { table: true, parameters: true, schema: true, existing: true },
  docs: {
    summary: "Sets storage parameters of a table or a materialized view; null takes one back to its default.",
    examples: [
      { call: `op.setTableStorage("city", { fillfactor: 70 });`, sql: "ALTER TABLE city SET (fillfactor = 70);" },
      {
        call:
          `op.setTableStorage("city", { fillfactor: null, autovacuum_enabled: false }, {\n` +
          `  schema: "atlas",\n` +
          "  existing: { fillfactor: 70, autovacuum_enabled: null },\n" +
          "});",
        sql: "ALTER TABLE atlas.city SET (autovacuum_enabled = false), RESET (fillfactor);",
      },
    ],
    manual: ["sql-altertable", "sql-createtable"],
  },
});
