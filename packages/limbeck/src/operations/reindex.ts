import { define, notReversible, reversedBy } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { identifier, qualified } from "./language/identifiers.ts";
import { clauses, lock, standaloneStatement, statement, type Lock, type Statement } from "./language/statement.ts";

export type ReindexKind = "index" | "table" | "schema" | "database";

export interface ReindexOptions {
  readonly schema?: string;

  /** Holds up no writers. Runs outside a transaction, which the runner takes care of. */
  readonly concurrently?: boolean;
  /** Where the new indexes are put (PostgreSQL 14). */
  readonly tablespace?: string;
  /** The table of an index: not part of the SQL, but its lock is known then. */
  readonly table?: string;
}

export interface Reindex extends ReindexOptions {
  readonly kind: "reindex";
  readonly target: ReindexKind;
  readonly name: string;
}

/**
 * Builds an index anew, or all of those of a table, a schema or the database.
 *
 * @example
 * op.reindex("index", "ix_city_name");
 * // REINDEX INDEX ix_city_name;
 */
export function reindex(target: ReindexKind, name: string, options: ReindexOptions = {}): Reindex {
  return frozen({ kind: "reindex", target, name, ...options });
}

function statements(op: Reindex): Statement[] {
  const isRelation = op.target === "index" || op.target === "table";
  const relation = qualified(isRelation ? op.schema : undefined, op.name);
  const text = clauses(
    "REINDEX",
    op.tablespace && `(TABLESPACE ${identifier(op.tablespace)})`,
    op.target.toUpperCase(),
    op.concurrently && "CONCURRENTLY",
    relation,
  );
  const locks = isRelation ? locksOn(op, relation) : [];
  return [isRelation && !op.concurrently ? statement(text, ...locks) : standaloneStatement(text, ...locks)];
}

function locksOn({ target, table, schema, concurrently }: Reindex, relation: string): Lock[] {
  const onTable = concurrently ? "SHARE UPDATE EXCLUSIVE" : "SHARE";
  if (target === "table") return [lock(onTable, relation)];
  const onIndex = lock(concurrently ? "SHARE UPDATE EXCLUSIVE" : "ACCESS EXCLUSIVE", relation);
  return table === undefined ? [onIndex] : [lock(onTable, qualified(schema, table)), onIndex];
}

export const reindexDefinition = define({
  build: reindex,
  statements,
  // An index in good order is no obstacle to anything that went before.
  reverse: ({ tablespace }) =>
    tablespace === undefined ? reversedBy() : notReversible("In which tablespace the indexes were is not in the call."),
  args: ({ target, name, ...options }) => [target, name, options],
  fields: { target: true, name: true, schema: true, concurrently: true, tablespace: true, table: true },
  docs: {
    summary: "Builds an index anew, or all of those of a table, a schema or the database.",
    examples: [
      { call: `op.reindex("index", "ix_city_name");`, sql: "REINDEX INDEX ix_city_name;" },
      {
        call: `op.reindex("index", "ix_city_name", { schema: "atlas", table: "city", concurrently: true, tablespace: "fast" });`,
        sql: "REINDEX (TABLESPACE fast) INDEX CONCURRENTLY atlas.ix_city_name;",
      },
      { call: `op.reindex("schema", "atlas");`, sql: "REINDEX SCHEMA atlas;" },
    ],
    manual: ["sql-reindex"],
  },
});
