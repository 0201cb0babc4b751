import { tableComment } from "./language/comment.ts";
import { define, reversedBy, type Reversal } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { qualified } from "./language/identifiers.ts";
import type { Statement } from "./language/statement.ts";

export interface CreateTableCommentOptions {
  readonly schema?: string;
  /** The comment that there is before: the reverse brings it back, or leaves the table without one. */
  readonly existingComment?: string;
}

export interface CreateTableComment extends CreateTableCommentOptions {
  readonly kind: "createTableComment";
  readonly table: string;
  readonly comment: string;
}

/**
 * Puts a comment on a table, in place of the one that it may have.
 *
 * @example
 * op.createTableComment("city", "Where people live");
 * // COMMENT ON TABLE city IS 'Where people live';
 */
export function createTableComment(
  table: string,
  comment: string,
  options: CreateTableCommentOptions = {},
): CreateTableComment {
  return frozen({ kind: "createTableComment", table, comment, ...options });
}

function statements(op: CreateTableComment): Statement[] {
  const table = qualified(op.schema, op.table);
  return [tableComment(table, op.comment)];
}

function reverse({ table, comment, schema, existingComment }: CreateTableComment): Reversal {
  return existingComment === undefined
    ? reversedBy(frozen({ kind: "dropTableComment", table, schema, existingComment: comment }))
    : reversedBy(createTableComment(table, existingComment, frozen({ schema, existingComment: comment })));
}

export const createTableCommentDefinition = define({
  build: createTableComment,
  statements,
  reverse,
  args: ({ table, comment, ...options }) => [table, comment, options],
  fields: { table: true, comment: true, schema: true, existingComment: true },
  docs: {
    summary: "Puts a comment on a table, in place of the one that it may have.",
    examples: [
      {
        call: `op.createTableComment("city", "Where people live");`,
        sql: "COMMENT ON TABLE city IS 'Where people live';",
      },
      {
        call: `op.createTableComment("city", "Where people live", { schema: "atlas", existingComment: "Places" });`,
        sql: "COMMENT ON TABLE atlas.city IS 'Where people live';",
      },
    ],
    manual: ["sql-comment"],
  },
});
