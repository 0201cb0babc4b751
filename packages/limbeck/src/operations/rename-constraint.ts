import { define, reversedBy } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { identifier, qualified } from "./language/identifiers.ts";
import { lock, statement, type Statement } from "./language/statement.ts";

export interface RenameConstraintOptions {
  readonly schema?: string;
}

export interface RenameConstraint extends RenameConstraintOptions {
  readonly kind: "renameConstraint";
  readonly table: string;
  readonly name: string;
  readonly newName: string;
}

/**
 * Renames a constraint. The index of a primary key or unique constraint is renamed with it.
 *
 * @example
 * op.renameConstraint("city", "ck_city_name", "ck_name");
 * // ALTER TABLE city RENAME CONSTRAINT ck_city_name TO ck_name;
 */
export function renameConstraint(
  table: string,
  name: string,
  newName: string,
  options: RenameConstraintOptions = {},
): RenameConstraint {
  return frozen({ kind: "renameConstraint", table, name, newName, ...options });
}

function statements(op: RenameConstraint): Statement[] {
  const table = qualified(op.schema, op.table);
  const text = `ALTER TABLE ${table} RENAME CONSTRAINT ${identifier(op.name)} TO ${identifier(op.newName)}`;
  return [statement(text, lock("ACCESS EXCLUSIVE", table))];
}

export const renameConstraintDefinition = define({
  build: renameConstraint,
  statements,
  reverse: ({ table, name, newName, schema }) => reversedBy(renameConstraint(table, newName, name, frozen({ schema }))),
  args: ({ table, name, newName, ...options }) => [table, name, newName, options],
  fields: { table: true, name: true, newName: true, schema: true },
  docs: {
    summary: "Renames a constraint. The index of a primary key or unique constraint is renamed with it.",
    examples: [
      {
        call: `op.renameConstraint("city", "ck_city_name", "ck_name");`,
        sql: "ALTER TABLE city RENAME CONSTRAINT ck_city_name TO ck_name;",
      },
      {
        call: `op.renameConstraint("city", "ck_city_name", "ck_name", { schema: "atlas" });`,
        sql: "ALTER TABLE atlas.city RENAME CONSTRAINT ck_city_name TO ck_name;",
      },
    ],
    manual: ["sql-altertable"],
  },
});
