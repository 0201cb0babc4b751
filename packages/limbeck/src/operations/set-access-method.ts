import { action, alterTable } from "./language/alter-table.ts";
import { define, madeBy, notReversible, reversedBy, type Reversal, type SchemaBefore } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { identifier, qualified } from "./language/identifiers.ts";
import type { Statement } from "./language/statement.ts";

export interface SetAccessMethodOptions {
  readonly schema?: string;
  /** The access method before: with it the operation can be reversed. */
  readonly existing?: string;
}

export interface SetAccessMethod extends SetAccessMethodOptions {
  readonly kind: "setAccessMethod";
  readonly table: string;
  readonly method: string;
}

/**
 * Stores a table or a materialized view with another access method (PostgreSQL 15). All of its rows are copied.
 *
 * @example
 * op.setAccessMethod("reading", "columnar", { existing: "heap" });
 * // ALTER TABLE reading SET ACCESS METHOD columnar;
 */
export function setAccessMethod(table: string, method: string, options: SetAccessMethodOptions = {}): SetAccessMethod {
  return frozen({ kind: "setAccessMethod", table, method, ...options });
}

function statements({ table, method, schema }: SetAccessMethod): Statement[] {
  const text = `SET ACCESS METHOD ${identifier(method)}`;
  return [alterTable(qualified(schema, table), action(text, "ACCESS METHOD", "once"))];
}

function reverse({ table, method, schema, existing }: SetAccessMethod, before?: SchemaBefore): Reversal {
  const made = madeBy(before, { kind: "table", schema, name: table }, "createTable");
  const previous = existing ?? (made && (made.using ?? "heap"));
  return previous === undefined
    ? notReversible("What the access method is before, `existing: …` would have to say.")
    : reversedBy(setAccessMethod(table, previous, frozen({ schema, existing: method })));
}

export const setAccessMethodDefinition = define({
  build: setAccessMethod,
  statements,
  reverse,
  args: ({ table, method, ...options }) => [table, method, options],
  fields: { table: true, method: true, schema: true, existing: true },
  docs: {
    summary:
      "Stores a table or a materialized view with another access method (PostgreSQL 15). All of its rows are copied.",
    examples: [
      {
        call: `op.setAccessMethod("reading", "columnar", { existing: "heap" });`,
        sql: "ALTER TABLE reading SET ACCESS METHOD columnar;",
      },
      {
        call: `op.setAccessMethod("reading", "heap", { schema: "atlas" });`,
        sql: "ALTER TABLE atlas.reading SET ACCESS METHOD heap;",
      },
    ],
    manual: ["sql-altertable"],
  },
});
