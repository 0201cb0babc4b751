import { action, alterTable } from "./language/alter-table.ts";
import { define, reversedBy } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { identifier, qualified } from "./language/identifiers.ts";
import type { Statement } from "./language/statement.ts";

/** What tells a subscriber which row was changed: the primary key, all columns, nothing, or a unique index's columns. */
export type ReplicaIdentity = "default" | "full" | "nothing" | { readonly index: string };

export interface SetReplicaIdentityOptions {
  readonly schema?: string;

  /** The identity before, where that is not "default". */
  readonly existing?: ReplicaIdentity;
}

export interface SetReplicaIdentity extends SetReplicaIdentityOptions {
  readonly kind: "setReplicaIdentity";
  readonly table: string;
  readonly identity: ReplicaIdentity;
}

/**
 * Chooses what logical replication knows a changed row of a table by.
 *
 * @example
 * op.setReplicaIdentity("city", "full");
 * // ALTER TABLE city REPLICA IDENTITY FULL;
 */
export function setReplicaIdentity(
  table: string,
  identity: ReplicaIdentity,
  options: SetReplicaIdentityOptions = {},
): SetReplicaIdentity {
  return frozen({ kind: "setReplicaIdentity", table, identity, ...options });
}

function statements({ table, identity, schema }: SetReplicaIdentity): Statement[] {
  const relation = qualified(schema, table);
  const by = typeof identity === "string" ? identity.toUpperCase() : `USING INDEX ${identifier(identity.index)}`;
  return [alterTable(relation, action(`REPLICA IDENTITY ${by}`))];
}

export const setReplicaIdentityDefinition = define({
  build: setReplicaIdentity,
  statements,
  reverse: ({ table, identity, schema, existing = "default" }) =>
    reversedBy(setReplicaIdentity(table, existing, frozen({ schema, existing: identity }))),
  args: ({ table, identity, ...options }) => [table, identity, options],
  fields: { table: true, identity: true, schema: true, existing: true },
  docs: {
    summary: "Chooses what logical replication knows a changed row of a table by.",
    examples: [
      { call: `op.setReplicaIdentity("city", "full");`, sql: "ALTER TABLE city REPLICA IDENTITY FULL;" },
      {
        call: `op.setReplicaIdentity("city", { index: "ux_city_code" }, { schema: "atlas", existing: "full" });`,
        sql: "ALTER TABLE atlas.city REPLICA IDENTITY USING INDEX ux_city_code;",
      },
    ],
    manual: ["sql-altertable"],
  },
});
