import { action, alterTable } from "./language/alter-table.ts";
import { define, reversedBy } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { qualified } from "./language/identifiers.ts";
import { lock, type Statement } from "./language/statement.ts";

export interface NoInheritTableOptions {
  readonly schema?: string;

  /** The schema of the parent; that of the table by default. */
  readonly parentSchema?: string;
}

export interface NoInheritTable extends NoInheritTableOptions {
  readonly kind: "noInheritTable";
  readonly table: string;
  readonly parent: string;
}

/**
 * Takes a child table from its parent. Columns and rows stay.
 *
 * @example
 * op.noInheritTable("village", "city");
 * // ALTER TABLE village NO INHERIT city;
 */
export function noInheritTable(table: string, parent: string, options: NoInheritTableOptions = {}): NoInheritTable {
  return frozen({ kind: "noInheritTable", table, parent, ...options });
}

function statements({ table, parent, schema, parentSchema = schema }: NoInheritTable): Statement[] {
  const child = qualified(schema, table);
  const ancestor = qualified(parentSchema, parent);
  const other = lock("ACCESS SHARE", ancestor);
  return [alterTable(child, action(`NO INHERIT ${ancestor}`), "ACCESS EXCLUSIVE", other)];
}

export const noInheritTableDefinition = define({
  build: noInheritTable,
  statements,
  reverse: ({ table, parent, schema, parentSchema }) =>
    reversedBy(frozen({ kind: "inheritTable", table, parent, schema, parentSchema })),
  args: ({ table, parent, ...options }) => [table, parent, options],
  fields: { table: true, parent: true, schema: true, parentSchema: true },
  docs: {
    summary: "Takes a child table from its parent. Columns and rows stay.",
    examples: [
      { call: `op.noInheritTable("village", "city");`, sql: "ALTER TABLE village NO INHERIT city;" },
      {
        call: `op.noInheritTable("village", "city", { schema: "atlas", parentSchema: "world" });`,
        sql: "ALTER TABLE atlas.village NO INHERIT world.city;",
      },
    ],
    manual: ["sql-altertable", "ddl-inherit"],
  },
});
