import { define, notReversible, reversedBy, type Reversal } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import {
  defaultPrivilegesSql,
  privilegesSql,
  type DefaultPrivilegeTarget,
  type Privileges,
} from "./language/privileges.ts";
import { checkRoles, rolesSql } from "./language/roles.ts";
import { clauses, statement } from "./language/statement.ts";

export interface RevokeDefaultPrivilegesOptions {
  /** The roles whose future objects are meant; the current role by default. */
  readonly forRole?: readonly string[];
  /** The schemas in which they are made; any by default. */
  readonly inSchema?: readonly string[];

  /** Takes the right to give the privileges to others, and leaves the privileges. */
  readonly grantOptionFor?: boolean;
  readonly cascade?: boolean;
}

export interface RevokeDefaultPrivileges extends RevokeDefaultPrivilegesOptions {
  readonly kind: "revokeDefaultPrivileges";
  readonly privileges: Privileges;
  readonly on: DefaultPrivilegeTarget;
  readonly from: readonly string[];
}

/**
 * Takes privileges from roles on what will be created from now on. What is there already takes `op.revoke`.
 *
 * @example
 * op.revokeDefaultPrivileges(["execute"], "functions", ["public"]);
 * // ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
 */
export function revokeDefaultPrivileges(
  privileges: Privileges,
  on: DefaultPrivilegeTarget,
  from: readonly string[],
  options: RevokeDefaultPrivilegesOptions = {},
): RevokeDefaultPrivileges {
  checkRoles("op.revokeDefaultPrivileges", from);
  return frozen({ kind: "revokeDefaultPrivileges", privileges, on, from, ...options });
}

function reverse(op: RevokeDefaultPrivileges): Reversal {
  const { privileges, on, from, forRole, inSchema, grantOptionFor } = op;
  return privileges === "all"
    ? notReversible("Which of all privileges the roles had is not in the call.")
    : reversedBy(
        frozen({
          kind: "grantDefaultPrivileges",
          privileges,
          on,
          to: from,
          forRole,
          inSchema,
          grantOption: grantOptionFor,
        }),
      );
}

export const revokeDefaultPrivilegesDefinition = define({
  build: revokeDefaultPrivileges,
  statements: ({ privileges, on, from, grantOptionFor, cascade, ...scope }) => [
    statement(
      clauses(
        `${defaultPrivilegesSql(scope)} REVOKE`,
        grantOptionFor && "GRANT OPTION FOR",
        `${privilegesSql(privileges)} ON ${on.toUpperCase()} FROM ${rolesSql(from)}`,
        cascade && "CASCADE",
      ),
    ),
  ],
  reverse,
  args: ({ privileges, on, from, ...options }) => [privileges, on, from, options],
  fields: {
    privileges: true,
    on: true,
    from: true,
    forRole: true,
    inSchema: true,
    grantOptionFor: true,
    cascade: true,
  },
  docs: {
    summary:
      "Takes privileges from roles on what will be created from now on. What is there already takes `op.revoke`.",
    examples: [
      {
        call: `op.revokeDefaultPrivileges(["execute"], "functions", ["public"]);`,
        sql: "ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;",
      },
      {
        call:
          `op.revokeDefaultPrivileges(["usage"], "types", ["reader"], {\n` +
          `  forRole: ["cartographer"],\n` +
          `  inSchema: ["atlas"],\n` +
          "  grantOptionFor: true,\n" +
          "  cascade: true,\n" +
          "});",
        sql:
          "ALTER DEFAULT PRIVILEGES FOR ROLE cartographer IN SCHEMA atlas REVOKE GRANT OPTION FOR USAGE ON TYPES FROM " +
          "reader CASCADE;",
      },
    ],
    manual: ["sql-alterdefaultprivileges"],
  },
});
