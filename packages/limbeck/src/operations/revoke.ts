import { define, notReversible, reversedBy, type Reversal } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { privilegesOnSql, type PrivilegeTarget, type Privileges } from "./language/privileges.ts";
import { checkRoles, roleSql, rolesSql } from "./language/roles.ts";
import { clauses, statement } from "./language/statement.ts";

export interface RevokeOptions {
  /** Takes the right to give the privileges to others, and leaves the privileges. */
  readonly grantOptionFor?: boolean;
  /** The role that is recorded as the one that gave them. */
  readonly grantedBy?: string;
  /** Takes them from those to whom the roles gave them, too. */
  readonly cascade?: boolean;
}

export interface Revoke extends RevokeOptions {
  readonly kind: "revoke";
  readonly privileges: Privileges;
  readonly on: PrivilegeTarget;
  readonly from: readonly string[];
}

/**
 * Takes privileges on something from roles. `"public"` stands for all roles, `"all"` for all privileges.
 *
 * @example
 * op.revoke(["insert"], { kind: "table", name: "city" }, ["reader"]);
 * // REVOKE INSERT ON TABLE city FROM reader;
 */
export function revoke(
  privileges: Privileges,
  on: PrivilegeTarget,
  from: readonly string[],
  options: RevokeOptions = {},
): Revoke {
  checkRoles("op.revoke", from);
  return frozen({ kind: "revoke", privileges, on, from, ...options });
}

function reverse({ privileges, on, from, grantOptionFor, grantedBy, cascade }: Revoke): Reversal {
  if (cascade) return notReversible("Who else had the privileges from these roles is not in the call.");
  if (privileges === "all") return notReversible("Which of all privileges the roles had is not in the call.");
  return reversedBy(frozen({ kind: "grant", privileges, on, to: from, grantOption: grantOptionFor, grantedBy }));
}

export const revokeDefinition = define({
  build: revoke,
  statements: (op) => [
    statement(
      clauses(
        "REVOKE",
        op.grantOptionFor && "GRANT OPTION FOR",
        privilegesOnSql(op.privileges, op.on),
        `FROM ${rolesSql(op.from)}`,
        op.grantedBy && `GRANTED BY ${roleSql(op.grantedBy)}`,
        op.cascade && "CASCADE",
      ),
    ),
  ],
  reverse,
  args: ({ privileges, on, from, ...options }) => [privileges, on, from, options],
  fields: { privileges: true, on: true, from: true, grantOptionFor: true, grantedBy: true, cascade: true },
  docs: {
    summary: `Takes privileges on something from roles. \`"public"\` stands for all roles, \`"all"\` for all privileges.`,
    examples: [
      {
        call: `op.revoke(["insert"], { kind: "table", name: "city" }, ["reader"]);`,
        sql: "REVOKE INSERT ON TABLE city FROM reader;",
      },
      {
        call:
          `op.revoke(["usage"], { kind: "sequence", name: "number", schema: "atlas" }, ["reader"], {\n` +
          "  grantOptionFor: true,\n" +
          `  grantedBy: "current_user",\n` +
          "  cascade: true,\n" +
          "});",
        sql: "REVOKE GRANT OPTION FOR USAGE ON SEQUENCE atlas.number FROM reader GRANTED BY CURRENT_USER CASCADE;",
      },
      {
        call: `op.revoke("all", { kind: "all functions", schema: "atlas" }, ["public"]);`,
        sql: "REVOKE ALL ON ALL FUNCTIONS IN SCHEMA atlas FROM PUBLIC;",
      },
    ],
    manual: ["sql-revoke"],
  },
});
