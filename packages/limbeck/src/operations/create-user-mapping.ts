import { define, reversedBy } from "./language/definition.ts";
import { foreignOptionsSql, type ForeignOptions } from "./language/foreign.ts";
import { frozen } from "./language/freeze.ts";
import { identifier } from "./language/identifiers.ts";
import { roleSql } from "./language/roles.ts";
import { clauses, statement } from "./language/statement.ts";

export interface CreateUserMappingOptions {
  readonly ifNotExists?: boolean;
  /** A password among them stands in the revision and in what `--sql` prints: take one from `op.arguments`. */
  readonly options?: ForeignOptions;
}

export interface CreateUserMapping extends CreateUserMappingOptions {
  readonly kind: "createUserMapping";
  /** A role's name, or `public` or `current_user`. */
  readonly role: string;
  readonly server: string;
}

/**
 * Says as whom a role comes to a foreign server.
 *
 * @example
 * op.createUserMapping("reader", "branch", { options: { user: "guest" } });
 * // CREATE USER MAPPING FOR reader SERVER branch OPTIONS ("user" 'guest');
 */
export function createUserMapping(
  role: string,
  server: string,
  options: CreateUserMappingOptions = {},
): CreateUserMapping {
  return frozen({ kind: "createUserMapping", role, server, ...options });
}

export const createUserMappingDefinition = define({
  build: createUserMapping,
  statements: ({ role, server, ifNotExists, options }) => [
    statement(
      clauses(
        "CREATE USER MAPPING",
        ifNotExists && "IF NOT EXISTS",
        `FOR ${roleSql(role)} SERVER ${identifier(server)}`,
        foreignOptionsSql(options),
      ),
    ),
  ],
  reverse: ({ role, server }) => reversedBy(frozen({ kind: "dropUserMapping", role, server })),
  args: ({ role, server, ...options }) => [role, server, options],
  fields: { role: true, server: true, ifNotExists: true, options: true },
  docs: {
    summary: "Says as whom a role comes to a foreign server.",
    examples: [
      {
        call: `op.createUserMapping("reader", "branch", { options: { user: "guest" } });`,
        sql: `CREATE USER MAPPING FOR reader SERVER branch OPTIONS ("user" 'guest');`,
      },
      {
        call: `op.createUserMapping("public", "branch", { ifNotExists: true });`,
        sql: "CREATE USER MAPPING IF NOT EXISTS FOR PUBLIC SERVER branch;",
      },
    ],
    manual: ["sql-createusermapping"],
  },
});
