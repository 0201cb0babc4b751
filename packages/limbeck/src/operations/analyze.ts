import { define, reversedBy } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { identifiers, qualified } from "./language/identifiers.ts";
import { clauses, lock, statement, type Statement } from "./language/statement.ts";

export interface AnalyzeOptions {
  readonly schema?: string;

  /** The columns; all of them by default. */
  readonly columns?: readonly string[];
}

export interface Analyze extends AnalyzeOptions {
  readonly kind: "analyze";
  readonly table: string;
}

/**
 * Has PostgreSQL look at the rows of a table, so that it plans queries for those that are there.
 *
 * @example
 * op.analyze("city");
 * // ANALYZE city;
 */
export function analyze(table: string, options: AnalyzeOptions = {}): Analyze {
  return frozen({ kind: "analyze", table, ...options });
}

function statements({ table, schema, columns }: Analyze): Statement[] {
  const relation = qualified(schema, table);
  const text = clauses("ANALYZE", relation, columns && `(${identifiers(columns)})`);
  return [statement(text, lock("SHARE UPDATE EXCLUSIVE", relation))];
}

export const analyzeDefinition = define({
  build: analyze,
  statements,
  // What PostgreSQL knows of its rows is no obstacle to anything that went before.
  reverse: () => reversedBy(),
  args: ({ table, ...options }) => [table, options],
  fields: { table: true, schema: true, columns: true },
  docs: {
    summary: "Has PostgreSQL look at the rows of a table, so that it plans queries for those that are there.",
    examples: [
      { call: `op.analyze("city");`, sql: "ANALYZE city;" },
      {
        call: `op.analyze("city", { schema: "atlas", columns: ["name", "size"] });`,
        sql: "ANALYZE atlas.city (name, size);",
      },
    ],
    manual: ["sql-analyze"],
  },
});
