import { define, recreatedBy } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { qualified } from "./language/identifiers.ts";
import { clauses, lock, standaloneStatement, statement, type Lock, type Statement } from "./language/statement.ts";

export interface DropIndexOptions {
  readonly schema?: string;
  /** Drops the index without holding up anybody. Runs outside a transaction, which the runner takes care of. */
  readonly concurrently?: boolean;
  readonly ifExists?: boolean;
  readonly cascade?: boolean;
  /** The index's table: not part of the SQL, but its lock is known then. */
  readonly table?: string;
}

export interface DropIndex extends DropIndexOptions {
  readonly kind: "dropIndex";
  readonly name: string;
}

/**
 * Drops an index.
 *
 * @example
 * op.dropIndex("ix_city_name");
 * // DROP INDEX ix_city_name;
 */
export function dropIndex(name: string, options: DropIndexOptions = {}): DropIndex {
  return frozen({ kind: "dropIndex", name, ...options });
}

function statements(op: DropIndex): Statement[] {
  const text = clauses(
    "DROP INDEX",
    op.concurrently && "CONCURRENTLY",
    op.ifExists && "IF EXISTS",
    qualified(op.schema, op.name),
    op.cascade && "CASCADE",
  );
  return [op.concurrently ? standaloneStatement(text, ...locks(op)) : statement(text, ...locks(op))];
}

function locks({ name, table, schema, concurrently }: DropIndex): Lock[] {
  const relations = table === undefined ? [name] : [table, name];
  const mode = concurrently ? "SHARE UPDATE EXCLUSIVE" : "ACCESS EXCLUSIVE";
  return relations.map((relation) => lock(mode, qualified(schema, relation)));
}

export const dropIndexDefinition = define({
  build: dropIndex,
  statements,
  reverse: ({ name, schema, cascade }, before) =>
    recreatedBy(
      before,
      { kind: "index", schema, name },
      "The columns and the options of a dropped index are not in the call that drops it.",
      cascade,
    ),
  args: ({ name, ...options }) => [name, options],
  fields: { name: true, schema: true, concurrently: true, ifExists: true, cascade: true, table: true },
  docs: {
    summary: "Drops an index.",
    examples: [
      {
        call: `op.dropIndex("ix_city_name");`,
        sql: "DROP INDEX ix_city_name;",
      },
      {
        call: `op.dropIndex("ix_city_name", { table: "city", concurrently: true, ifExists: true });`,
        sql: "DROP INDEX CONCURRENTLY IF EXISTS ix_city_name;",
      },
      {
        call: `op.dropIndex("ix_city_name", { schema: "atlas", cascade: true });`,
        sql: "DROP INDEX atlas.ix_city_name CASCADE;",
      },
    ],
    manual: ["sql-dropindex"],
  },
});
