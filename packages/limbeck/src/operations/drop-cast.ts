import type { ColumnType } from "./language/column.ts";
import { define, recreatedBy } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { clauses, statement } from "./language/statement.ts";

export interface DropCastOptions {
  readonly ifExists?: boolean;
}

export interface DropCast extends DropCastOptions {
  readonly kind: "dropCast";
  readonly source: ColumnType;
  readonly target: ColumnType;
}

/**
 * Drops a cast.
 *
 * @example
 * op.dropCast("mood", "text");
 * // DROP CAST (mood AS text);
 */
export function dropCast(source: ColumnType, target: ColumnType, options: DropCastOptions = {}): DropCast {
  return frozen({ kind: "dropCast", source, target, ...options });
}

export const dropCastDefinition = define({
  build: dropCast,
  statements: ({ source, target, ifExists }) => [
    statement(clauses("DROP CAST", ifExists && "IF EXISTS", `(${source} AS ${target})`)),
  ],
  reverse: ({ source, target }, before) =>
    recreatedBy(
      before,
      { kind: "cast", source, target },
      "How a dropped cast converts is not in the call that drops it.",
    ),
  args: ({ source, target, ...options }) => [source, target, options],
  fields: { source: true, target: true, ifExists: true },
  docs: {
    summary: "Drops a cast.",
    examples: [
      { call: `op.dropCast("mood", "text");`, sql: "DROP CAST (mood AS text);" },
      { call: `op.dropCast("text", "mood", { ifExists: true });`, sql: "DROP CAST IF EXISTS (text AS mood);" },
    ],
    manual: ["sql-dropcast"],
  },
});
