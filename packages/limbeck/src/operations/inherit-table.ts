import { action, alterTable } from "./language/alter-table.ts";
import { define, reversedBy } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { qualified } from "./language/identifiers.ts";
import { lock, type Statement } from "./language/statement.ts";

export interface InheritTableOptions {
  readonly schema?: string;

  /** The schema of the parent; that of the table by default. */
  readonly parentSchema?: string;
}

export interface InheritTable extends InheritTableOptions {
  readonly kind: "inheritTable";
  readonly table: string;
  readonly parent: string;
}

/**
 * Makes a table a child of another: who reads the parent, reads its rows, too. It needs the columns of the parent.
 *
 * @example
 * op.inheritTable("village", "city");
 * // ALTER TABLE village INHERIT city;
 */
export function inheritTable(table: string, parent: string, options: InheritTableOptions = {}): InheritTable {
  return frozen({ kind: "inheritTable", table, parent, ...options });
}

function statements({ table, parent, schema, parentSchema = schema }: InheritTable): Statement[] {
  const child = qualified(schema, table);
  const ancestor = qualified(parentSchema, parent);
  const other = lock("SHARE UPDATE EXCLUSIVE", ancestor);
  return [alterTable(child, action(`INHERIT ${ancestor}`), "ACCESS EXCLUSIVE", other)];
}

export const inheritTableDefinition = define({
  build: inheritTable,
  statements,
  reverse: ({ table, parent, schema, parentSchema }) =>
    reversedBy(frozen({ kind: "noInheritTable", table, parent, schema, parentSchema })),
  args: ({ table, parent, ...options }) => [table, parent, options],
  fields: { table: true, parent: true, schema: true, parentSchema: true },
  docs: {
    summary:
      "Makes a table a child of another: who reads the parent, reads its rows, too. It needs the columns of the " +
      "parent.",
    examples: [
      { call: `op.inheritTable("village", "city");`, sql: "ALTER TABLE village INHERIT city;" },
      {
        call: `op.inheritTable("village", "city", { schema: "atlas", parentSchema: "world" });`,
        sql: "ALTER TABLE atlas.village INHERIT world.city;",
      },
    ],
    manual: ["sql-altertable", "ddl-inherit"],
  },
});
