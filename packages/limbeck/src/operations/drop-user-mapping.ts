import { define, notReversible, reversedBy, type Reversal } from "./language/definition.ts";
import type { ForeignOptions } from "./language/foreign.ts";
import { frozen } from "./language/freeze.ts";
import { identifier } from "./language/identifiers.ts";
import { roleSql } from "./language/roles.ts";
import { clauses, statement } from "./language/statement.ts";

export interface DropUserMappingOptions {
  readonly ifExists?: boolean;
  /** The options of the mapping: with them the operation can be reversed. */
  readonly options?: ForeignOptions;
}

export interface DropUserMapping extends DropUserMappingOptions {
  readonly kind: "dropUserMapping";
  readonly role: string;
  readonly server: string;
}

/**
 * Says no more as whom a role comes to a foreign server.
 *
 * @example
 * op.dropUserMapping("reader", "branch", { options: { user: "guest" } });
 * // DROP USER MAPPING FOR reader SERVER branch;
 */
export function dropUserMapping(role: string, server: string, options: DropUserMappingOptions = {}): DropUserMapping {
  return frozen({ kind: "dropUserMapping", role, server, ...options });
}

function reverse({ role, server, options }: DropUserMapping): Reversal {
  return options === undefined
    ? notReversible("The options of a dropped user mapping, `options: …` would have to say.")
    : reversedBy(frozen({ kind: "createUserMapping", role, server, options }));
}

export const dropUserMappingDefinition = define({
  build: dropUserMapping,
  statements: ({ role, server, ifExists }) => [
    statement(
      clauses("DROP USER MAPPING", ifExists && "IF EXISTS", `FOR ${roleSql(role)} SERVER ${identifier(server)}`),
    ),
  ],
  reverse,
  args: ({ role, server, ...options }) => [role, server, options],
  fields: { role: true, server: true, ifExists: true, options: true },
  docs: {
    summary: "Says no more as whom a role comes to a foreign server.",
    examples: [
      {
        call: `op.dropUserMapping("reader", "branch", { options: { user: "guest" } });`,
        sql: "DROP USER MAPPING FOR reader SERVER branch;",
      },
      {
        call: `op.dropUserMapping("public", "branch", { ifExists: true });`,
        sql: "DROP USER MAPPING IF EXISTS FOR PUBLIC SERVER branch;",
      },
    ],
    manual: ["sql-dropusermapping"],
  },
});
