import type { ColumnType } from "./language/column.ts";
import { define, reversedBy } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { clauses, statement } from "./language/statement.ts";

export interface CreateCastOptions {
  /** The function that converts, with its arguments, in PostgreSQL's own words: `"atlas.to_text(atlas.mood)"`. */
  readonly function?: string;
  /** Without a function: by the text of the value, or not at all, as the bits mean the same. */
  readonly by?: "inout" | "binary";
  /** Where the cast is done without being asked for: in assignments, or anywhere. */
  readonly as?: "assignment" | "implicit";
}

export interface CreateCast extends CreateCastOptions {
  readonly kind: "createCast";
  readonly source: ColumnType;
  readonly target: ColumnType;
}

/**
 * Creates a cast from a type to another: by a function, by the value's text (the default), or by leaving the bits.
 *
 * @example
 * op.createCast("mood", "text", { function: "mood_label(mood)", as: "assignment" });
 * // CREATE CAST (mood AS text) WITH FUNCTION mood_label(mood) AS ASSIGNMENT;
 */
export function createCast(source: ColumnType, target: ColumnType, options: CreateCastOptions = {}): CreateCast {
  return frozen({ kind: "createCast", source, target, ...options });
}

function methodSql({ function: name, by }: CreateCast): string {
  if (name !== undefined) return `WITH FUNCTION ${name}`;
  return by === "binary" ? "WITHOUT FUNCTION" : "WITH INOUT";
}

export const createCastDefinition = define({
  build: createCast,
  statements: (op) => [
    statement(
      clauses(`CREATE CAST (${op.source} AS ${op.target})`, methodSql(op), op.as && `AS ${op.as.toUpperCase()}`),
    ),
  ],
  reverse: ({ source, target }) => reversedBy(frozen({ kind: "dropCast", source, target })),
  args: ({ source, target, ...options }) => [source, target, options],
  fields: { source: true, target: true, function: true, by: true, as: true },
  docs: {
    summary:
      "Creates a cast from a type to another: by a function, by the value's text (the default), or by leaving the bits.",
    examples: [
      {
        call: `op.createCast("mood", "text", { function: "mood_label(mood)", as: "assignment" });`,
        sql: "CREATE CAST (mood AS text) WITH FUNCTION mood_label(mood) AS ASSIGNMENT;",
      },
      {
        call: `op.createCast("text", "mood", { by: "inout", as: "implicit" });`,
        sql: "CREATE CAST (text AS mood) WITH INOUT AS IMPLICIT;",
      },
    ],
    manual: ["sql-createcast"],
  },
});
