import { define, notReversible, reversedBy, type Reversal } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { identifier, qualified } from "./language/identifiers.ts";
import { lock, statement, type Statement } from "./language/statement.ts";

export type MovedKind = "table" | "index" | "materialized view";

export interface SetTablespaceOptions {
  readonly schema?: string;

  /** The tablespace before: with it the operation can be reversed. */
  readonly existing?: string;
}

export interface SetTablespace extends SetTablespaceOptions {
  readonly kind: "setTablespace";
  readonly target: MovedKind;
  readonly name: string;
  readonly tablespace: string;
}

/**
 * Moves a table, an index or a materialized view to a tablespace. All of its rows are copied. The indexes of a table
 * stay where they are.
 *
 * @example
 * op.setTablespace("table", "city", "fast");
 * // ALTER TABLE city SET TABLESPACE fast;
 */
export function setTablespace(
  target: MovedKind,
  name: string,
  tablespace: string,
  options: SetTablespaceOptions = {},
): SetTablespace {
  return frozen({ kind: "setTablespace", target, name, tablespace, ...options });
}

function statements({ target, name, tablespace, schema }: SetTablespace): Statement[] {
  const relation = qualified(schema, name);
  const text = `ALTER ${target.toUpperCase()} ${relation} SET TABLESPACE ${identifier(tablespace)}`;
  return [statement(text, lock("ACCESS EXCLUSIVE", relation))];
}

function reverse({ target, name, tablespace, schema, existing }: SetTablespace): Reversal {
  return existing === undefined
    ? notReversible("What the tablespace is before, `existing: …` would have to say.")
    : reversedBy(setTablespace(target, name, existing, frozen({ schema, existing: tablespace })));
}

export const setTablespaceDefinition = define({
  build: setTablespace,
  statements,
  reverse,
  args: ({ target, name, tablespace, ...options }) => [target, name, tablespace, options],
  fields: { target: true, name: true, tablespace: true, schema: true, existing: true },
  docs: {
    summary:
      "Moves a table, an index or a materialized view to a tablespace. All of its rows are copied. The indexes of " +
      "a table stay where they are.",
    examples: [
      { call: `op.setTablespace("table", "city", "fast");`, sql: "ALTER TABLE city SET TABLESPACE fast;" },
      {
        call: `op.setTablespace("index", "ix_city_name", "fast", { schema: "atlas", existing: "pg_default" });`,
        sql: "ALTER INDEX atlas.ix_city_name SET TABLESPACE fast;",
      },
      {
        call: `op.setTablespace("materialized view", "census", "fast");`,
        sql: "ALTER MATERIALIZED VIEW census SET TABLESPACE fast;",
      },
    ],
    manual: ["sql-altertable", "sql-alterindex", "sql-altermaterializedview"],
  },
});
