import { action, alterTable } from "./language/alter-table.ts";
import { define, notReversible, reversedBy, type Reversal } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { identifier, qualified } from "./language/identifiers.ts";
import type { Statement } from "./language/statement.ts";

export interface ClusterOnOptions {
  readonly schema?: string;

  /** The index before, null for none. */
  readonly existing?: string | null;
}

export interface ClusterOn extends ClusterOnOptions {
  readonly kind: "clusterOn";
  readonly table: string;
  readonly index: string | null;
}

/**
 * Chooses the index by which a later CLUSTER sorts a table, null for none. Nothing is sorted yet.
 *
 * @example
 * op.clusterOn("city", "ix_city_name");
 * // ALTER TABLE city CLUSTER ON ix_city_name;
 */
export function clusterOn(table: string, index: string | null, options: ClusterOnOptions = {}): ClusterOn {
  return frozen({ kind: "clusterOn", table, index, ...options });
}

function statements({ table, index, schema }: ClusterOn): Statement[] {
  const relation = qualified(schema, table);
  const text = index === null ? "SET WITHOUT CLUSTER" : `CLUSTER ON ${identifier(index)}`;
  return [alterTable(relation, action(text), "SHARE UPDATE EXCLUSIVE")];
}

function reverse({ table, index, schema, existing }: ClusterOn): Reversal {
  if (existing === undefined && index === null) {
    return notReversible("What the index is before, `existing: …` would have to say.");
  }
  return reversedBy(clusterOn(table, existing ?? null, frozen({ schema, existing: index })));
}

export const clusterOnDefinition = define({
  build: clusterOn,
  statements,
  reverse,
  args: ({ table, index, ...options }) => [table, index, options],
  fields: { table: true, index: true, schema: true, existing: true },
  docs: {
    summary: "Chooses the index by which a later CLUSTER sorts a table, null for none. Nothing is sorted yet.",
    examples: [
      { call: `op.clusterOn("city", "ix_city_name");`, sql: "ALTER TABLE city CLUSTER ON ix_city_name;" },
      {
        call: `op.clusterOn("city", null, { schema: "atlas", existing: "ix_city_name" });`,
        sql: "ALTER TABLE atlas.city SET WITHOUT CLUSTER;",
      },
    ],
    manual: ["sql-altertable", "sql-cluster"],
  },
});
