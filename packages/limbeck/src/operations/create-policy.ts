import { define, reversedBy } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { identifier, qualified } from "./language/identifiers.ts";
import { policySql, type PolicyAttributes } from "./language/policy.ts";
import { clauses, lock, statement, type Statement } from "./language/statement.ts";

export interface CreatePolicyOptions extends PolicyAttributes {
  readonly schema?: string;

  /** Whether one such policy is enough, or all of them have to let a row through; "permissive" by default. */
  readonly as?: "permissive" | "restrictive";
  readonly for?: "all" | "select" | "insert" | "update" | "delete";
}

export interface CreatePolicy extends CreatePolicyOptions {
  readonly kind: "createPolicy";
  readonly name: string;
  readonly table: string;
}

/**
 * Creates a row security policy. It counts once `op.setRowSecurity` has switched row security on.
 *
 * @example
 * op.createPolicy("own", "city", { using: "mayor = current_user" });
 * // CREATE POLICY own ON city USING (mayor = current_user);
 */
export function createPolicy(name: string, table: string, options: CreatePolicyOptions = {}): CreatePolicy {
  return frozen({ kind: "createPolicy", name, table, ...options });
}

function statements(op: CreatePolicy): Statement[] {
  const table = qualified(op.schema, op.table);
  const text = clauses(
    `CREATE POLICY ${identifier(op.name)} ON ${table}`,
    op.as && `AS ${op.as.toUpperCase()}`,
    op.for && `FOR ${op.for.toUpperCase()}`,
    policySql(op),
  );
  return [statement(text, lock("ACCESS EXCLUSIVE", table))];
}

export const createPolicyDefinition = define({
  build: createPolicy,
  statements,
  reverse: ({ name, table, schema }) => reversedBy(frozen({ kind: "dropPolicy", name, table, schema })),
  args: ({ name, table, ...options }) => [name, table, options],
  fields: { name: true, table: true, schema: true, as: true, for: true, to: true, using: true, withCheck: true },
  docs: {
    summary: "Creates a row security policy. It counts once `op.setRowSecurity` has switched row security on.",
    examples: [
      {
        call: `op.createPolicy("own", "city", { using: "mayor = current_user" });`,
        sql: "CREATE POLICY own ON city USING (mayor = current_user);",
      },
      {
        call:
          `op.createPolicy("own", "city", {\n` +
          `  schema: "atlas",\n` +
          `  as: "restrictive",\n` +
          `  for: "update",\n` +
          `  to: ["reader", "current_user"],\n` +
          "  using: sql`mayor = current_user`,\n" +
          `  withCheck: "size > 0",\n` +
          "});",
        sql:
          "CREATE POLICY own ON atlas.city AS RESTRICTIVE FOR UPDATE TO reader, CURRENT_USER USING (mayor = " +
          "current_user) WITH CHECK (size > 0);",
      },
    ],
    manual: ["sql-createpolicy"],
  },
});
