import { define, recreatedBy } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { identifier, qualified } from "./language/identifiers.ts";
import { clauses, lock, statement, type Statement } from "./language/statement.ts";

export interface DropRuleOptions {
  readonly schema?: string;
  readonly ifExists?: boolean;
  /** Drops what depends on it, too. */
  readonly cascade?: boolean;
}

export interface DropRule extends DropRuleOptions {
  readonly kind: "dropRule";
  readonly name: string;
  readonly table: string;
}

/**
 * Drops a rewrite rule.
 *
 * @example
 * op.dropRule("keep", "city");
 * // DROP RULE keep ON city;
 */
export function dropRule(name: string, table: string, options: DropRuleOptions = {}): DropRule {
  return frozen({ kind: "dropRule", name, table, ...options });
}

function statements({ name, table, schema, ifExists, cascade }: DropRule): Statement[] {
  const relation = qualified(schema, table);
  const text = clauses("DROP RULE", ifExists && "IF EXISTS", identifier(name), "ON", relation, cascade && "CASCADE");
  return [statement(text, lock("ACCESS EXCLUSIVE", relation))];
}

export const dropRuleDefinition = define({
  build: dropRule,
  statements,
  reverse: ({ name, table, schema, cascade }, before) =>
    recreatedBy(
      before,
      { kind: "rule", schema, table, name },
      "What a dropped rule does is not in the call that drops it.",
      cascade,
    ),
  args: ({ name, table, ...options }) => [name, table, options],
  fields: { name: true, table: true, schema: true, ifExists: true, cascade: true },
  docs: {
    summary: "Drops a rewrite rule.",
    examples: [
      { call: `op.dropRule("keep", "city");`, sql: "DROP RULE keep ON city;" },
      {
        call: `op.dropRule("keep", "city", { schema: "atlas", ifExists: true, cascade: true });`,
        sql: "DROP RULE IF EXISTS keep ON atlas.city CASCADE;",
      },
    ],
    manual: ["sql-droprule"],
  },
});
