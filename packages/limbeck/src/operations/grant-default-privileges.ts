import { define, reversedBy } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import {
  defaultPrivilegesSql,
  privilegesSql,
  type DefaultPrivilegeTarget,
  type Privileges,
} from "./language/privileges.ts";
import { checkRoles, rolesSql } from "./language/roles.ts";
import { clauses, statement } from "./language/statement.ts";

export interface GrantDefaultPrivilegesOptions {
  /** The roles whose future objects are meant; the current role by default. */
  readonly forRole?: readonly string[];
  /** The schemas in which they are made; any by default. */
  readonly inSchema?: readonly string[];

  /** The roles may give the privileges to others. */
  readonly grantOption?: boolean;
}

export interface GrantDefaultPrivileges extends GrantDefaultPrivilegesOptions {
  readonly kind: "grantDefaultPrivileges";
  readonly privileges: Privileges;
  readonly on: DefaultPrivilegeTarget;
  readonly to: readonly string[];
}

/**
 * Gives privileges to roles on what will be created from now on. What is there already takes `op.grant`.
 *
 * @example
 * op.grantDefaultPrivileges(["select"], "tables", ["reader"], { inSchema: ["atlas"] });
 * // ALTER DEFAULT PRIVILEGES IN SCHEMA atlas GRANT SELECT ON TABLES TO reader;
 */
export function grantDefaultPrivileges(
  privileges: Privileges,
  on: DefaultPrivilegeTarget,
  to: readonly string[],
  options: GrantDefaultPrivilegesOptions = {},
): GrantDefaultPrivileges {
  checkRoles("op.grantDefaultPrivileges", to);
  return frozen({ kind: "grantDefaultPrivileges", privileges, on, to, ...options });
}

export const grantDefaultPrivilegesDefinition = define({
  build: grantDefaultPrivileges,
  statements: ({ privileges, on, to, grantOption, ...scope }) => [
    statement(
      clauses(
        defaultPrivilegesSql(scope),
        `GRANT ${privilegesSql(privileges)} ON ${on.toUpperCase()} TO ${rolesSql(to)}`,
        grantOption && "WITH GRANT OPTION",
      ),
    ),
  ],
  reverse: ({ privileges, on, to, forRole, inSchema }) =>
    reversedBy(frozen({ kind: "revokeDefaultPrivileges", privileges, on, from: to, forRole, inSchema })),
  args: ({ privileges, on, to, ...options }) => [privileges, on, to, options],
  fields: { privileges: true, on: true, to: true, forRole: true, inSchema: true, grantOption: true },
  docs: {
    summary: "Gives privileges to roles on what will be created from now on. What is there already takes `op.grant`.",
    examples: [
      {
        call: `op.grantDefaultPrivileges(["select"], "tables", ["reader"], { inSchema: ["atlas"] });`,
        sql: "ALTER DEFAULT PRIVILEGES IN SCHEMA atlas GRANT SELECT ON TABLES TO reader;",
      },
      {
        call: `op.grantDefaultPrivileges("all", "sequences", ["reader"], { forRole: ["cartographer"], grantOption: true });`,
        sql: "ALTER DEFAULT PRIVILEGES FOR ROLE cartographer GRANT ALL ON SEQUENCES TO reader WITH GRANT OPTION;",
      },
    ],
    manual: ["sql-alterdefaultprivileges"],
  },
});
