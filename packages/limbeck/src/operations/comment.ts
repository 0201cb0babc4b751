import { define, notReversible, reversedBy, type Reversal, type SchemaBefore } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { qualified } from "./language/identifiers.ts";
import { literal } from "./language/literals.ts";
import { objectSql, relationLocks, type SubjectName } from "./language/object-name.ts";
import { lock, statement, type Lock, type Statement } from "./language/statement.ts";

export interface CommentOptions {
  /** The comment that there is before, null for none: the reverse brings it back, or leaves the object without one. */
  readonly existing?: string | null;
}

export interface Comment extends CommentOptions {
  readonly kind: "comment";
  readonly on: SubjectName;
  readonly text: string | null;
}

/**
 * Puts a comment on an object of any kind, in place of the one that it may have; null takes it away.
 *
 * @example
 * op.comment({ kind: "table", name: "city" }, "Where people live");
 * // COMMENT ON TABLE city IS 'Where people live';
 */
export function comment(on: SubjectName, text: string | null, options: CommentOptions = {}): Comment {
  return frozen({ kind: "comment", on, text, ...options });
}

function statements({ on, text }: Comment): Statement[] {
  return [statement(`COMMENT ON ${objectSql(on)} IS ${literal(text)}`, ...locks(on))];
}

function locks(on: SubjectName): Lock[] {
  switch (on.kind) {
    case "column":
      return [lock("SHARE UPDATE EXCLUSIVE", qualified(on.schema, on.table))];
    case "attribute":
      return [lock("SHARE UPDATE EXCLUSIVE", qualified(on.schema, on.type))];
    case "constraint":
    case "policy":
    case "rule":
    case "trigger":
      return [lock("ACCESS SHARE", qualified(on.schema, on.table))];
    default:
      return relationLocks("SHARE UPDATE EXCLUSIVE", on);
  }
}

function reverse({ on, text, existing }: Comment, before?: SchemaBefore): Reversal {
  if (existing !== undefined) return reversedBy(comment(on, existing, { existing: text }));
  const operations = before?.recreate({ kind: "comment", on });
  if (operations !== undefined) return { operations };
  return text === null
    ? notReversible("What the comment is before, `existing: …` would have to say.")
    : reversedBy(comment(on, null, { existing: text }));
}

export const commentDefinition = define({
  build: comment,
  statements,
  reverse,
  args: ({ on, text, ...options }) => [on, text, options],
  fields: { on: true, text: true, existing: true },
  docs: {
    summary: "Puts a comment on an object of any kind, in place of the one that it may have; null takes it away.",
    examples: [
      {
        call: `op.comment({ kind: "table", name: "city" }, "Where people live");`,
        sql: "COMMENT ON TABLE city IS 'Where people live';",
      },
      {
        call: `op.comment({ kind: "column", schema: "atlas", table: "city", name: "size" }, null, { existing: "In km²" });`,
        sql: "COMMENT ON COLUMN atlas.city.size IS NULL;",
      },
      {
        call: `op.comment({ kind: "function", name: "area", signature: "integer, integer" }, "Of a rectangle");`,
        sql: "COMMENT ON FUNCTION area(integer, integer) IS 'Of a rectangle';",
      },
      {
        call: `op.comment({ kind: "constraint", table: "city", name: "ck_size" }, "No place is that large");`,
        sql: "COMMENT ON CONSTRAINT ck_size ON city IS 'No place is that large';",
      },
      {
        call: `op.comment({ kind: "domain constraint", domain: "percentage", name: "ck_range" }, "As in a hundred");`,
        sql: "COMMENT ON CONSTRAINT ck_range ON DOMAIN percentage IS 'As in a hundred';",
      },
      {
        call: `op.comment({ kind: "enum", name: "mood" }, "How it feels");`,
        sql: "COMMENT ON TYPE mood IS 'How it feels';",
      },
    ],
    manual: ["sql-comment"],
  },
});
