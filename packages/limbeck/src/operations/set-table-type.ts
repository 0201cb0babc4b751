import { action, alterTable } from "./language/alter-table.ts";
import { define, notReversible, reversedBy, type Reversal } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { nameSql, qualified } from "./language/identifiers.ts";
import type { Sql } from "./language/sql-text.ts";
import type { Statement } from "./language/statement.ts";

export interface SetTableTypeOptions {
  readonly schema?: string;
  /** The type before, null for none: with it the operation can be reversed. */
  readonly existing?: string | Sql | null;
}

export interface SetTableType extends SetTableTypeOptions {
  readonly kind: "setTableType";
  readonly table: string;
  readonly type: string | Sql | null;
}

/**
 * Ties a table to a composite type with the same columns, as if it had been made of it; null unties it. The type is a
 * name, or sql`…`.
 *
 * @example
 * op.setTableType("city", "place", { existing: null });
 * // ALTER TABLE city OF place;
 */
export function setTableType(
  table: string,
  type: string | Sql | null,
  options: SetTableTypeOptions = {},
): SetTableType {
  return frozen({ kind: "setTableType", table, type, ...options });
}

function statements({ table, type, schema }: SetTableType): Statement[] {
  const text = type === null ? "NOT OF" : `OF ${nameSql(type)}`;
  return [alterTable(qualified(schema, table), action(text))];
}

function reverse({ table, type, schema, existing }: SetTableType): Reversal {
  return existing === undefined
    ? notReversible("What the table's type is before, `existing: …` would have to say.")
    : reversedBy(setTableType(table, existing, frozen({ schema, existing: type })));
}

export const setTableTypeDefinition = define({
  build: setTableType,
  statements,
  reverse,
  args: ({ table, type, ...options }) => [table, type, options],
  fields: { table: true, type: true, schema: true, existing: true },
  docs: {
    summary:
      "Ties a table to a composite type with the same columns, as if it had been made of it; null unties it. The type " +
      "is a name, or sql`…`.",
    examples: [
      { call: `op.setTableType("city", "place", { existing: null });`, sql: "ALTER TABLE city OF place;" },
      {
        call: 'op.setTableType("city", null, { schema: "atlas", existing: sql.identifier("atlas", "place") });',
        sql: "ALTER TABLE atlas.city NOT OF;",
      },
    ],
    manual: ["sql-altertable"],
  },
});
