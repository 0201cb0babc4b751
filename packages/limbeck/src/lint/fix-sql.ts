import { identifier, identifiers } from "../operations/language/identifiers.ts";
import type { Action, AddConstraint, ColumnAction } from "./action.ts";
import type { LintedStatement } from "./linted-statement.ts";
import { displayName } from "./names.ts";
import { actionsOf } from "./read/actions.ts";

/** Statements that stand in the place of one, without their semicolons. */
export type SqlFix = readonly string[];

/** Has what stands below it run outside of a transaction. */
const ALONE = "-- limbeck: no-transaction\n";

/** The safe form of a statement that breaks a rule; undefined where there is none that needs no thought. */
export function fixSql(rule: string, { node, tree, text }: LintedStatement): SqlFix | undefined {
  const [action, ...more] = actionsOf(node, tree);
  if (action === undefined || more.length > 0) return undefined;
  const isLower = /^[a-z]/.test(text);
  const fixed = fixAction(rule, action, text);
  // What is put around an author's statement is written as that is: in capitals or not.
  return fixed?.map((each) => (isLower ? each.replace(KEYWORDS, (word) => word.toLowerCase()) : each));
}

const KEYWORDS =
  /\b(?:CREATE UNIQUE INDEX CONCURRENTLY|ALTER TABLE|VALIDATE CONSTRAINT|DROP CONSTRAINT|ADD CONSTRAINT|CHECK|IS NOT NULL|NOT VALID|CONCURRENTLY|UNIQUE USING INDEX|ON)\b/g;

function fixAction(rule: string, action: Action, text: string): SqlFix | undefined {
  switch (`${rule}: ${action.kind}`) {
    case "create-index-blocking: create index":
      return inserted(text, /^create\s+(?:unique\s+)?index\b/i);
    case "drop-index-blocking: drop index":
      return "cascade" in action && action.cascade ? undefined : inserted(text, /^drop\s+index\b/i);
    case "reindex-blocking: reindex":
      return inserted(text, /^reindex\s+(?:index|table)\b/i);
    case "add-check-constraint: add constraint":
    case "add-foreign-key: add constraint":
      return action.kind === "add constraint" ? validatedLater(action, text) : undefined;
    case "add-unique-constraint: add constraint":
      return action.kind === "add constraint" ? overIndex(action, text) : undefined;
    case "set-not-null: set not null":
      return action.kind === "set not null" ? checkedFirst(action, text) : undefined;
    default:
      return undefined;
  }
}

function inserted(text: string, head: RegExp): SqlFix | undefined {
  return head.test(text) ? [text.replace(head, (words) => `${words} CONCURRENTLY`)] : undefined;
}

function validatedLater({ table, constraint: { name } }: AddConstraint, text: string): SqlFix | undefined {
  if (name === undefined) return undefined;
  return [`${text} NOT VALID`, `${ALONE}ALTER TABLE ${displayName(table)} VALIDATE CONSTRAINT ${identifier(name)}`];
}

/** The plain form only: what else the statement says may not be an index's to have. */
function overIndex({ table, constraint: { name, columns } }: AddConstraint, text: string): SqlFix | undefined {
  if (name === undefined || columns.length === 0 || !/\bunique\s*\([^()]*\)$/i.test(text)) return undefined;
  const [said, quoted] = [displayName(table), identifier(name)];
  return [
    `CREATE UNIQUE INDEX CONCURRENTLY ${quoted} ON ${said} (${identifiers(columns)})`,
    `ALTER TABLE ${said} ADD CONSTRAINT ${quoted} UNIQUE USING INDEX ${quoted}`,
  ];
}

function checkedFirst({ table, column }: ColumnAction, text: string): SqlFix {
  const [said, name] = [displayName(table), identifier(`${table.name}_${column}_not_null`)];
  return [
    `ALTER TABLE ${said} ADD CONSTRAINT ${name} CHECK (${identifier(column)} IS NOT NULL) NOT VALID`,
    `${ALONE}ALTER TABLE ${said} VALIDATE CONSTRAINT ${name}`,
    text,
    `ALTER TABLE ${said} DROP CONSTRAINT ${name}`,
  ];
}
