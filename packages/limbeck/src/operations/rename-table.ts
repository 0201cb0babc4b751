import { define, reversedBy, renamedByName } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { identifier, qualified } from "./language/identifiers.ts";
import { lock, statement, type Statement } from "./language/statement.ts";

export interface RenameTableOptions {
  readonly schema?: string;
}

export interface RenameTable extends RenameTableOptions {
  readonly kind: "renameTable";
  readonly name: string;
  readonly newName: string;
}

/**
 * Renames a table. Its indexes, constraints and sequences keep their names.
 *
 * @example
 * op.renameTable("city", "town");
 * // ALTER TABLE city RENAME TO town;
 */
export function renameTable(name: string, newName: string, options: RenameTableOptions = {}): RenameTable {
  return frozen({ kind: "renameTable", name, newName, ...options });
}

function statements({ name, newName, schema }: RenameTable): Statement[] {
  const table = qualified(schema, name);
  return [statement(`ALTER TABLE ${table} RENAME TO ${identifier(newName)}`, lock("ACCESS EXCLUSIVE", table))];
}

export const renameTableDefinition = define({
  build: renameTable,
  statements,
  reverse: ({ name, newName, schema }) => reversedBy(renameTable(newName, name, frozen({ schema }))),
  ...renamedByName,
  docs: {
    summary: "Renames a table. Its indexes, constraints and sequences keep their names.",
    examples: [
      {
        call: `op.renameTable("city", "town");`,
        sql: "ALTER TABLE city RENAME TO town;",
      },
      {
        call: `op.renameTable("city", "town", { schema: "atlas" });`,
        sql: "ALTER TABLE atlas.city RENAME TO town;",
      },
    ],
    manual: ["sql-altertable"],
  },
});
