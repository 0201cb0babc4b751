import { define, recreatedBy } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { identifier, qualified } from "./language/identifiers.ts";
import { clauses, lock, statement, type Statement } from "./language/statement.ts";

export interface DropPolicyOptions {
  readonly schema?: string;
  readonly ifExists?: boolean;
}

export interface DropPolicy extends DropPolicyOptions {
  readonly kind: "dropPolicy";
  readonly name: string;
  readonly table: string;
}

/**
 * Drops a row security policy.
 *
 * @example
 * op.dropPolicy("own", "city");
 * // DROP POLICY own ON city;
 */
export function dropPolicy(name: string, table: string, options: DropPolicyOptions = {}): DropPolicy {
  return frozen({ kind: "dropPolicy", name, table, ...options });
}

function statements({ name, table, schema, ifExists }: DropPolicy): Statement[] {
  const relation = qualified(schema, table);
  const text = clauses("DROP POLICY", ifExists && "IF EXISTS", identifier(name), "ON", relation);
  return [statement(text, lock("ACCESS EXCLUSIVE", relation))];
}

export const dropPolicyDefinition = define({
  build: dropPolicy,
  statements,
  reverse: ({ name, table, schema }, before) =>
    recreatedBy(
      before,
      { kind: "policy", schema, table, name },
      "The conditions of a dropped policy are not in the call that drops it.",
    ),
  args: ({ name, table, ...options }) => [name, table, options],
  fields: { name: true, table: true, schema: true, ifExists: true },
  docs: {
    summary: "Drops a row security policy.",
    examples: [
      { call: `op.dropPolicy("own", "city");`, sql: "DROP POLICY own ON city;" },
      {
        call: `op.dropPolicy("own", "city", { schema: "atlas", ifExists: true });`,
        sql: "DROP POLICY IF EXISTS own ON atlas.city;",
      },
    ],
    manual: ["sql-droppolicy"],
  },
});
