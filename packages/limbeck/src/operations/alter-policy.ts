import { define, madeBy, reversedBy, type Reversal, type SchemaBefore } from "./language/definition.ts";
import { changedBack } from "./language/existing.ts";
import { frozen } from "./language/freeze.ts";
import { identifier, qualified } from "./language/identifiers.ts";
import { nothingToChange } from "./language/invalid.ts";
import { policySql, type PolicyAttributes } from "./language/policy.ts";
import { lock, statement, type Statement } from "./language/statement.ts";

export interface AlterPolicyOptions extends PolicyAttributes {
  readonly schema?: string;

  /** What the policy is like before, of that which changes: with it the operation can be reversed. */
  readonly existing?: PolicyAttributes;
}

export interface AlterPolicy extends AlterPolicyOptions {
  readonly kind: "alterPolicy";
  readonly name: string;
  readonly table: string;
}

/**
 * Changes the roles and the conditions of a row security policy.
 *
 * @example
 * op.alterPolicy("own", "city", { using: "true", existing: { using: "mayor = current_user" } });
 * // ALTER POLICY own ON city USING (true);
 */
export function alterPolicy(name: string, table: string, changes: AlterPolicyOptions): AlterPolicy {
  const op: AlterPolicy = frozen({ kind: "alterPolicy", name, table, ...changes });
  if (policySql(op) !== "") return op;
  throw nothingToChange(
    `alterPolicy("${name}", "${table}")`,
    "at least one of to, using and withCheck; for another command, drop the policy and create it",
  );
}

function statements(op: AlterPolicy): Statement[] {
  const table = qualified(op.schema, op.table);
  const text = `ALTER POLICY ${identifier(op.name)} ON ${table} ${policySql(op)}`;
  return [statement(text, lock("ACCESS EXCLUSIVE", table))];
}

function reverse({ kind, name, table, schema, existing, ...changes }: AlterPolicy, before?: SchemaBefore): Reversal {
  const known = attributesBefore({ schema, table, name }, before);
  const change = changedBack<PolicyAttributes>(changes, { ...known, ...existing }, "policy");
  if ("notReversible" in change) return change;
  return reversedBy(alterPolicy(name, table, frozen({ schema, ...change.back, existing: change.existing })));
}

function attributesBefore(
  policy: { readonly schema: string | undefined; readonly table: string; readonly name: string },
  before?: SchemaBefore,
): PolicyAttributes {
  const made = madeBy(before, { kind: "policy", ...policy }, "createPolicy");
  if (made === undefined) return {};
  const { to = ["public"], using, withCheck } = made;
  return frozen({ to, using, withCheck });
}

export const alterPolicyDefinition = define({
  build: alterPolicy,
  statements,
  reverse,
  args: ({ name, table, ...options }) => [name, table, options],
  fields: { name: true, table: true, schema: true, existing: true, to: true, using: true, withCheck: true },
  docs: {
    summary: "Changes the roles and the conditions of a row security policy.",
    examples: [
      {
        call: `op.alterPolicy("own", "city", { using: "true", existing: { using: "mayor = current_user" } });`,
        sql: "ALTER POLICY own ON city USING (true);",
      },
      {
        call: `op.alterPolicy("own", "city", { schema: "atlas", to: ["public"], withCheck: "size > 1" });`,
        sql: "ALTER POLICY own ON atlas.city TO PUBLIC WITH CHECK (size > 1);",
      },
    ],
    manual: ["sql-alterpolicy"],
  },
});
