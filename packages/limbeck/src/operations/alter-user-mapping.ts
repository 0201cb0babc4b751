import { define, reversedBy, type Reversal } from "./language/definition.ts";
import { foreignChangesBack, foreignChangesSql, type ForeignOptionChanges } from "./language/foreign.ts";
import { frozen } from "./language/freeze.ts";
import { identifier } from "./language/identifiers.ts";
import { nothingToChange } from "./language/invalid.ts";
import { roleSql } from "./language/roles.ts";
import { statement } from "./language/statement.ts";

export interface AlterUserMappingOptions {
  /** What the options are before, null for none: with it the operation can be reversed. One that is new needs it. */
  readonly existing?: ForeignOptionChanges;
}

export interface AlterUserMapping extends AlterUserMappingOptions {
  readonly kind: "alterUserMapping";
  readonly role: string;
  readonly server: string;
  readonly changes: ForeignOptionChanges;
}

/**
 * Changes as whom a role comes to a foreign server; null takes an option away.
 *
 * @example
 * op.alterUserMapping("reader", "branch", { user: "visitor" }, { existing: { user: "guest" } });
 * // ALTER USER MAPPING FOR reader SERVER branch OPTIONS (SET "user" 'visitor');
 */
export function alterUserMapping(
  role: string,
  server: string,
  changes: ForeignOptionChanges,
  options: AlterUserMappingOptions = {},
): AlterUserMapping {
  if (Object.keys(changes).length === 0) {
    throw nothingToChange(`alterUserMapping("${role}", "${server}")`, 'options, as in { user: "guest" }');
  }
  return frozen({ kind: "alterUserMapping", role, server, changes, ...options });
}

function reverse({ role, server, changes, existing }: AlterUserMapping): Reversal {
  const change = foreignChangesBack(changes, existing, "user mapping");
  if ("notReversible" in change) return change;
  return reversedBy(alterUserMapping(role, server, change.back, { existing: changes }));
}

export const alterUserMappingDefinition = define({
  build: alterUserMapping,
  statements: ({ role, server, changes, existing }) => [
    statement(
      `ALTER USER MAPPING FOR ${roleSql(role)} SERVER ${identifier(server)} ${foreignChangesSql(changes, existing)}`,
    ),
  ],
  reverse,
  args: ({ role, server, changes, ...options }) => [role, server, changes, options],
  fields: { role: true, server: true, changes: true, existing: true },
  docs: {
    summary: "Changes as whom a role comes to a foreign server; null takes an option away.",
    examples: [
      {
        call: `op.alterUserMapping("reader", "branch", { user: "visitor" }, { existing: { user: "guest" } });`,
        sql: `ALTER USER MAPPING FOR reader SERVER branch OPTIONS (SET "user" 'visitor');`,
      },
    ],
    manual: ["sql-alterusermapping"],
  },
});
