import { define, reversedBy } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { identifier, qualified } from "./language/identifiers.ts";
import { lock, statement, type Statement } from "./language/statement.ts";

export interface RenameRuleOptions {
  readonly schema?: string;
}

export interface RenameRule extends RenameRuleOptions {
  readonly kind: "renameRule";
  readonly name: string;
  readonly table: string;
  readonly newName: string;
}

/**
 * Renames a rewrite rule.
 *
 * @example
 * op.renameRule("keep", "city", "keep_all");
 * // ALTER RULE keep ON city RENAME TO keep_all;
 */
export function renameRule(name: string, table: string, newName: string, options: RenameRuleOptions = {}): RenameRule {
  return frozen({ kind: "renameRule", name, table, newName, ...options });
}

function statements({ name, table, newName, schema }: RenameRule): Statement[] {
  const relation = qualified(schema, table);
  const text = `ALTER RULE ${identifier(name)} ON ${relation} RENAME TO ${identifier(newName)}`;
  return [statement(text, lock("ACCESS EXCLUSIVE", relation))];
}

export const renameRuleDefinition = define({
  build: renameRule,
  statements,
  reverse: ({ name, table, newName, schema }) => reversedBy(renameRule(newName, table, name, frozen({ schema }))),
  args: ({ name, table, newName, ...options }) => [name, table, newName, options],
  fields: { name: true, table: true, newName: true, schema: true },
  docs: {
    summary: "Renames a rewrite rule.",
    examples: [
      { call: `op.renameRule("keep", "city", "keep_all");`, sql: "ALTER RULE keep ON city RENAME TO keep_all;" },
      {
        call: `op.renameRule("keep", "city", "keep_all", { schema: "atlas" });`,
        sql: "ALTER RULE keep ON atlas.city RENAME TO keep_all;",
      },
    ],
    manual: ["sql-alterrule"],
  },
});
