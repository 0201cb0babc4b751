import { define, reversedBy } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { privilegesOnSql, type PrivilegeTarget, type Privileges } from "./language/privileges.ts";
import { checkRoles, roleSql, rolesSql } from "./language/roles.ts";
import { clauses, statement } from "./language/statement.ts";

export interface GrantOptions {
  /** The roles may give the privileges to others. */
  readonly grantOption?: boolean;
  /** The role that is recorded as the one that gave them. */
  readonly grantedBy?: string;
}

export interface Grant extends GrantOptions {
  readonly kind: "grant";
  readonly privileges: Privileges;
  readonly on: PrivilegeTarget;
  readonly to: readonly string[];
}

/**
 * Gives privileges on something to roles. `"public"` stands for all roles, `"all"` for all privileges.
 *
 * @example
 * op.grant(["select", "insert"], { kind: "table", name: "city" }, ["reader"]);
 * // GRANT SELECT, INSERT ON TABLE city TO reader;
 */
export function grant(
  privileges: Privileges,
  on: PrivilegeTarget,
  to: readonly string[],
  options: GrantOptions = {},
): Grant {
  checkRoles("op.grant", to);
  return frozen({ kind: "grant", privileges, on, to, ...options });
}

export const grantDefinition = define({
  build: grant,
  statements: ({ privileges, on, to, grantOption, grantedBy }) => [
    statement(
      clauses(
        `GRANT ${privilegesOnSql(privileges, on)} TO ${rolesSql(to)}`,
        grantOption && "WITH GRANT OPTION",
        grantedBy && `GRANTED BY ${roleSql(grantedBy)}`,
      ),
    ),
  ],
  reverse: ({ privileges, on, to, grantedBy }) =>
    reversedBy(frozen({ kind: "revoke", privileges, on, from: to, grantedBy })),
  args: ({ privileges, on, to, ...options }) => [privileges, on, to, options],
  fields: { privileges: true, on: true, to: true, grantOption: true, grantedBy: true },
  docs: {
    summary: `Gives privileges on something to roles. \`"public"\` stands for all roles, \`"all"\` for all privileges.`,
    examples: [
      {
        call: `op.grant(["select", "insert"], { kind: "table", name: "city" }, ["reader"]);`,
        sql: "GRANT SELECT, INSERT ON TABLE city TO reader;",
      },
      {
        call: `op.grant(["update"], { kind: "table", name: "city", schema: "atlas", columns: ["mayor", "size"] }, ["reader"]);`,
        sql: "GRANT UPDATE (mayor, size) ON TABLE atlas.city TO reader;",
      },
      {
        call:
          `op.grant("all", { kind: "all tables", schema: "atlas" }, ["reader", "cartographer"], {\n` +
          "  grantOption: true,\n" +
          `  grantedBy: "current_user",\n` +
          "});",
        sql: "GRANT ALL ON ALL TABLES IN SCHEMA atlas TO reader, cartographer WITH GRANT OPTION GRANTED BY CURRENT_USER;",
      },
      {
        call: `op.grant(["execute"], { kind: "function", name: "add", arguments: ["integer", "integer"] }, ["public"]);`,
        sql: "GRANT EXECUTE ON FUNCTION add(integer, integer) TO PUBLIC;",
      },
      {
        call: `op.grant(["usage"], { kind: "schema", name: ["atlas", "audit"] }, ["reader"]);`,
        sql: "GRANT USAGE ON SCHEMA atlas, audit TO reader;",
      },
    ],
    manual: ["sql-grant"],
  },
});
