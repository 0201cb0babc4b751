import { define, reversedBy, type Reversal } from "./language/definition.ts";
import { foreignChangesBack, foreignChangesSql, type ForeignOptionChanges } from "./language/foreign.ts";
import { frozen } from "./language/freeze.ts";
import { qualified } from "./language/identifiers.ts";
import { nothingToChange } from "./language/invalid.ts";
import { lock, statement, type Statement } from "./language/statement.ts";

export interface AlterForeignTableOptions {
  readonly schema?: string;
  /** What the options are before, null for none: with it the operation can be reversed. One that is new needs it. */
  readonly existing?: ForeignOptionChanges;
}

export interface AlterForeignTable extends AlterForeignTableOptions {
  readonly kind: "alterForeignTable";
  readonly name: string;
  readonly changes: ForeignOptionChanges;
}

/**
 * Changes the options of a foreign table; null takes one away.
 *
 * @example
 * op.alterForeignTable("reading", { table_name: "reading" }, { existing: { table_name: "readings" } });
 * // ALTER FOREIGN TABLE reading OPTIONS (SET table_name 'reading');
 */
export function alterForeignTable(
  name: string,
  changes: ForeignOptionChanges,
  options: AlterForeignTableOptions = {},
): AlterForeignTable {
  if (Object.keys(changes).length === 0) {
    throw nothingToChange(`alterForeignTable("${name}")`, 'options, as in { table_name: "reading" }');
  }
  return frozen({ kind: "alterForeignTable", name, changes, ...options });
}

function statements({ name, schema, changes, existing }: AlterForeignTable): Statement[] {
  const table = qualified(schema, name);
  const text = `ALTER FOREIGN TABLE ${table} ${foreignChangesSql(changes, existing)}`;
  return [statement(text, lock("ACCESS EXCLUSIVE", table))];
}

function reverse({ name, schema, changes, existing }: AlterForeignTable): Reversal {
  const change = foreignChangesBack(changes, existing, "foreign table");
  if ("notReversible" in change) return change;
  return reversedBy(alterForeignTable(name, change.back, frozen({ schema, existing: changes })));
}

export const alterForeignTableDefinition = define({
  build: alterForeignTable,
  statements,
  reverse,
  args: ({ name, changes, ...options }) => [name, changes, options],
  fields: { name: true, changes: true, schema: true, existing: true },
  docs: {
    summary: "Changes the options of a foreign table; null takes one away.",
    examples: [
      {
        call: `op.alterForeignTable("reading", { table_name: "reading" }, { existing: { table_name: "readings" } });`,
        sql: "ALTER FOREIGN TABLE reading OPTIONS (SET table_name 'reading');",
      },
      {
        call: `op.alterForeignTable("reading", { table_name: null }, { schema: "atlas" });`,
        sql: "ALTER FOREIGN TABLE atlas.reading OPTIONS (DROP table_name);",
      },
    ],
    manual: ["sql-alterforeigntable"],
  },
});
