import { define, reversedBy } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { qualified } from "./language/identifiers.ts";
import { statement } from "./language/statement.ts";

export interface RefreshCollationOptions {
  readonly schema?: string;
}

export interface RefreshCollation extends RefreshCollationOptions {
  readonly kind: "refreshCollation";
  readonly name: string;
}

/**
 * Takes the version that the system's library has now for a collation's. Indexes that depend on it are rebuilt before,
 * with `op.reindex`: PostgreSQL warns of them until then, and no longer afterwards.
 *
 * @example
 * op.refreshCollation("german");
 * // ALTER COLLATION german REFRESH VERSION;
 */
export function refreshCollation(name: string, options: RefreshCollationOptions = {}): RefreshCollation {
  return frozen({ kind: "refreshCollation", name, ...options });
}

export const refreshCollationDefinition = define({
  build: refreshCollation,
  statements: ({ name, schema }) => [statement(`ALTER COLLATION ${qualified(schema, name)} REFRESH VERSION`)],
  // The version is the library's, which no downgrade changes.
  reverse: () => reversedBy(),
  args: ({ name, ...options }) => [name, options],
  fields: { name: true, schema: true },
  docs: {
    summary:
      "Takes the version that the system's library has now for a collation's. Indexes that depend on it are rebuilt " +
      "before, with `op.reindex`: PostgreSQL warns of them until then, and no longer afterwards.",
    examples: [
      { call: `op.refreshCollation("german");`, sql: "ALTER COLLATION german REFRESH VERSION;" },
      {
        call: `op.refreshCollation("german", { schema: "atlas" });`,
        sql: "ALTER COLLATION atlas.german REFRESH VERSION;",
      },
    ],
    manual: ["sql-altercollation"],
  },
});
