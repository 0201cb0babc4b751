import { identifier, identifiers, shortened } from "../operations/language/identifiers.ts";
import type { AddConstraint, ColumnAction } from "./action.ts";
import type { LintedStatement } from "./linted-statement.ts";
import { displayName } from "./names.ts";
import { actionsOf } from "./read/actions.ts";

/** Statements that stand in the place of one, without their semicolons. */
export type SqlFix = readonly string[];

/** Has what stands below it run outside of a transaction. */
const ALONE = "-- limbeck: no-transaction\n";

/** Words of SQL in the author's letters, capital or small, and names between them as they are. */
type Write = (words: TemplateStringsArray, ...names: readonly string[]) => string;

/** The safe form of a statement that breaks a rule; undefined where there is none that needs no thought. */
export function fixSql(rule: string, { node, tree, text }: LintedStatement): SqlFix | undefined {
  const [action, ...more] = actionsOf(node, tree);
  // What is put behind a comment would be a part of it.
  if (action === undefined || more.length > 0 || /--|\/\*/.test(text)) return undefined;
  const isSmall = /^[a-z]/.test(text);
  const write: Write = (words, ...names) =>
    words.map((word, index) => (isSmall ? word.toLowerCase() : word) + (names[index] ?? "")).join("");
  switch (`${rule}: ${action.kind}`) {
    case "create-index-blocking: create index":
      return inserted(text, /^create\s+(?:unique\s+)?index\b/i, write);
    case "drop-index-blocking: drop index":
      return "cascade" in action && action.cascade ? undefined : inserted(text, /^drop\s+index\b/i, write);
    case "reindex-blocking: reindex":
      return inserted(text, /^reindex\s+(?:index|table)\b/i, write);
    case "add-check-constraint: add constraint":
    case "add-foreign-key: add constraint":
      return action.kind === "add constraint" ? validatedLater(action, text, write) : undefined;
    case "add-unique-constraint: add constraint":
      return action.kind === "add constraint" ? overIndex(action, text, write) : undefined;
    case "set-not-null: set not null":
      return action.kind === "set not null" ? checkedFirst(action, text, write) : undefined;
    default:
      return undefined;
  }
}

function inserted(text: string, head: RegExp, write: Write): SqlFix | undefined {
  return head.test(text) ? [text.replace(head, (words) => `${words}${write` CONCURRENTLY`}`)] : undefined;
}

function validatedLater(
  { table, constraint: { name } }: AddConstraint,
  text: string,
  write: Write,
): SqlFix | undefined {
  if (name === undefined) return undefined;
  return [
    `${text}${write` NOT VALID`}`,
    `${ALONE}${write`ALTER TABLE ${displayName(table)} VALIDATE CONSTRAINT ${identifier(name)}`}`,
  ];
}

/** The plain form only: what else the statement says may not be an index's to have. */
function overIndex(
  { table, constraint: { name, columns } }: AddConstraint,
  text: string,
  write: Write,
): SqlFix | undefined {
  if (name === undefined || columns.length === 0 || !/\bunique\s*\([^()]*\)$/i.test(text)) return undefined;
  const [said, quoted] = [displayName(table), identifier(name)];
  return [
    write`CREATE UNIQUE INDEX CONCURRENTLY ${quoted} ON ${said} (${identifiers(columns)})`,
    write`ALTER TABLE ${said} ADD CONSTRAINT ${quoted} UNIQUE USING INDEX ${quoted}`,
  ];
}

function checkedFirst({ table, column }: ColumnAction, text: string, write: Write): SqlFix {
  const [said, name] = [displayName(table), identifier(shortened(`${table.name}_${column}_is_not_null`))];
  return [
    write`ALTER TABLE ${said} ADD CONSTRAINT ${name} CHECK (${identifier(column)} IS NOT NULL) NOT VALID`,
    `${ALONE}${write`ALTER TABLE ${said} VALIDATE CONSTRAINT ${name}`}`,
    text,
    write`ALTER TABLE ${said} DROP CONSTRAINT ${name}`,
  ];
}
