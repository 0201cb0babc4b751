import { define, reversedBy } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { identifier, qualified } from "./language/identifiers.ts";
import { lock, statement, type Statement } from "./language/statement.ts";

export interface RenamePolicyOptions {
  readonly schema?: string;
}

export interface RenamePolicy extends RenamePolicyOptions {
  readonly kind: "renamePolicy";
  readonly name: string;
  readonly table: string;
  readonly newName: string;
}

/**
 * Renames a row security policy.
 *
 * @example
 * op.renamePolicy("own", "city", "own_city");
 * // ALTER POLICY own ON city RENAME TO own_city;
 */
export function renamePolicy(
  name: string,
  table: string,
  newName: string,
  options: RenamePolicyOptions = {},
): RenamePolicy {
  return frozen({ kind: "renamePolicy", name, table, newName, ...options });
}

function statements({ name, table, newName, schema }: RenamePolicy): Statement[] {
  const relation = qualified(schema, table);
  const text = `ALTER POLICY ${identifier(name)} ON ${relation} RENAME TO ${identifier(newName)}`;
  return [statement(text, lock("ACCESS EXCLUSIVE", relation))];
}

export const renamePolicyDefinition = define({
  build: renamePolicy,
  statements,
  reverse: ({ name, table, newName, schema }) => reversedBy(renamePolicy(newName, table, name, frozen({ schema }))),
  args: ({ name, table, newName, ...options }) => [name, table, newName, options],
  fields: { name: true, table: true, newName: true, schema: true },
  docs: {
    summary: "Renames a row security policy.",
    examples: [
      { call: `op.renamePolicy("own", "city", "own_city");`, sql: "ALTER POLICY own ON city RENAME TO own_city;" },
      {
        call: `op.renamePolicy("own", "city", "own_city", { schema: "atlas" });`,
        sql: "ALTER POLICY own ON atlas.city RENAME TO own_city;",
      },
    ],
    manual: ["sql-alterpolicy"],
  },
});
