import { define, droppedByName, recreatedBy } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { qualified } from "./language/identifiers.ts";
import { clauses, statement } from "./language/statement.ts";

export interface DropCollationOptions {
  readonly schema?: string;
  readonly ifExists?: boolean;
  /** Drops what the collation sorts, too: columns and indexes. */
  readonly cascade?: boolean;
}

export interface DropCollation extends DropCollationOptions {
  readonly kind: "dropCollation";
  readonly name: string;
}

/**
 * Drops a collation.
 *
 * @example
 * op.dropCollation("german");
 * // DROP COLLATION german;
 */
export function dropCollation(name: string, options: DropCollationOptions = {}): DropCollation {
  return frozen({ kind: "dropCollation", name, ...options });
}

export const dropCollationDefinition = define({
  build: dropCollation,
  statements: ({ name, schema, ifExists, cascade }) => [
    statement(clauses("DROP COLLATION", ifExists && "IF EXISTS", qualified(schema, name), cascade && "CASCADE")),
  ],
  reverse: ({ name, schema, cascade }, before) =>
    recreatedBy(
      before,
      { kind: "collation", schema, name },
      "What a dropped collation is like is not in the call that drops it.",
      cascade,
    ),
  ...droppedByName,
  docs: {
    summary: "Drops a collation.",
    examples: [
      {
        call: `op.dropCollation("german");`,
        sql: "DROP COLLATION german;",
      },
      {
        call: `op.dropCollation("german", { schema: "atlas", ifExists: true, cascade: true });`,
        sql: "DROP COLLATION IF EXISTS atlas.german CASCADE;",
      },
    ],
    manual: ["sql-dropcollation"],
  },
});
