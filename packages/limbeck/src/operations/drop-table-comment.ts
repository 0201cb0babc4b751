import { tableComment } from "./language/comment.ts";
import { define, recreatedBy, reversedBy, type Reversal, type SchemaBefore } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { qualified } from "./language/identifiers.ts";
import type { Statement } from "./language/statement.ts";

export interface DropTableCommentOptions {
  readonly schema?: string;
  /** The comment that there is before: with it the operation can be reversed. */
  readonly existingComment?: string;
}

export interface DropTableComment extends DropTableCommentOptions {
  readonly kind: "dropTableComment";
  readonly table: string;
}

/**
 * Takes the comment of a table away.
 *
 * @example
 * op.dropTableComment("city");
 * // COMMENT ON TABLE city IS NULL;
 */
export function dropTableComment(table: string, options: DropTableCommentOptions = {}): DropTableComment {
  return frozen({ kind: "dropTableComment", table, ...options });
}

function statements(op: DropTableComment): Statement[] {
  const table = qualified(op.schema, op.table);
  return [tableComment(table, null)];
}

function reverse({ table, schema, existingComment }: DropTableComment, before?: SchemaBefore): Reversal {
  return existingComment === undefined
    ? recreatedBy(
        before,
        { kind: "comment", on: { kind: "table", schema, name: table } },
        "What the comment is before, `existingComment: …` would have to say.",
      )
    : reversedBy(frozen({ kind: "createTableComment", table, comment: existingComment, schema }));
}

export const dropTableCommentDefinition = define({
  build: dropTableComment,
  statements,
  reverse,
  args: ({ table, ...options }) => [table, options],
  fields: { table: true, schema: true, existingComment: true },
  docs: {
    summary: "Takes the comment of a table away.",
    examples: [
      {
        call: `op.dropTableComment("city");`,
        sql: "COMMENT ON TABLE city IS NULL;",
      },
      {
        call: `op.dropTableComment("city", { schema: "atlas", existingComment: "Where people live" });`,
        sql: "COMMENT ON TABLE atlas.city IS NULL;",
      },
    ],
    manual: ["sql-comment"],
  },
});
