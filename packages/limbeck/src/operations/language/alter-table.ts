import { LOCK_MODES, type Lock, type LockMode, lock, type Statement } from "./statement.ts";

/**
 * The passes in which PostgreSQL does what one ALTER TABLE says, whatever the order in which it says it
 * (`AlterTablePass` in its tablecmds.c; what does not depend on its place is "rest", or "once" where one statement can have it just once).
 */
const PASSES = ["drop", "retype", "add", "rest", "once"] as const;

/** What PostgreSQL refuses to do twice to the same thing in one statement. */
const ONCE: ReadonlySet<Pass> = new Set(["retype", "once"]);

type Pass = (typeof PASSES)[number];

/** A part of ALTER TABLE that others can stand beside: `ADD COLUMN mayor text`. */
export interface TableAction {
  readonly sql: string;
  readonly pass: Pass;
  /** The column, constraint or other thing that it is about, as SQL; empty where that is the whole table. */
  readonly subject: string;
}

/** Something that is done to a table, in the pass in which PostgreSQL does it. */
export function action(sql: string, subject = "", pass: Pass = "rest"): TableAction {
  return { sql, pass, subject };
}

/** ALTER TABLE with one action or several. `mode` is the lock on the table, `others` are those on other tables. */
export function alterTable(
  relation: string,
  actions: TableAction | readonly TableAction[],
  mode: LockMode = "ACCESS EXCLUSIVE",
  ...others: readonly Lock[]
): Statement {
  const list = [actions].flat();
  const text = `ALTER TABLE ${relation} ${list.map(({ sql }) => sql).join(", ")}`;
  return { text, transactional: true, locks: [lock(mode, relation), ...others], alters: { relation, actions: list } };
}

/**
 * The same statements, with those one that alter the same table and stand together. A comment between two of them
 * comes after. Where PostgreSQL would do something before what stands in front of it, and the two have to do with each
 * other, they stay two statements.
 */
export function combined(statements: readonly Statement[]): Statement[] {
  const groups: Group[] = [];
  for (const statement of statements) {
    const last = groups.at(-1);
    if (last !== undefined && joins(last, statement)) add(last, statement);
    else groups.push({ first: statement, comments: [] });
  }
  return groups.flatMap(({ first, comments }) => [first, ...comments]);
}

/** A statement, and the comments that have come since. */
interface Group {
  first: Statement;
  readonly comments: Statement[];
}

function joins({ first, comments }: Group, next: Statement): boolean {
  if (first.alters === undefined) return false;
  if (next.comments) return true;
  if (next.alters?.relation !== first.alters.relation) return false;
  return (
    next.alters.actions.every((later) => first.alters!.actions.every((earlier) => keepsOrder(earlier, later))) &&
    next.alters.actions.every(
      ({ pass, subject }) => pass !== "drop" || !comments.some(({ text }) => says(text, subject)),
    )
  );
}

function add(group: Group, next: Statement): void {
  const { first } = group;
  if (next.alters === undefined) return void group.comments.push(next);
  const { relation, actions } = next.alters;
  const locks = strongest([...first.locks, ...next.locks]);
  const own = locks.find((each) => each.relation === relation)!;
  const others = locks.filter((each) => each !== own);
  group.first = alterTable(relation, [...first.alters!.actions, ...actions], own.mode, ...others);
}

/** Whether two actions in one ALTER TABLE do what they do one after the other. */
function keepsOrder(earlier: TableAction, later: TableAction): boolean {
  const passes = PASSES.indexOf(later.pass) - PASSES.indexOf(earlier.pass);
  if (passes > 0) return true;
  if (passes === 0) return !ONCE.has(later.pass) || later.subject !== earlier.subject;
  return !says(earlier.sql, later.subject) && !says(later.sql, earlier.subject);
}

/** Whether SQL may speak of something: has its name as a word, be it in a text. */
function says(sql: string, subject: string): boolean {
  const name = subject.replace(/^"|"$/g, "").replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return subject !== "" && new RegExp(`(?<![\\p{L}\\p{N}_$])${name}(?![\\p{L}\\p{N}_$])`, "iu").test(sql);
}

/** The strongest of the locks on each relation, in the order in which the relations come. */
function strongest(locks: readonly Lock[]): Lock[] {
  const modes = new Map<string, LockMode>();
  for (const { relation, mode } of locks) {
    const known = modes.get(relation);
    if (known === undefined || LOCK_MODES.indexOf(mode) > LOCK_MODES.indexOf(known)) modes.set(relation, mode);
  }
  return Array.from(modes, ([relation, mode]) => lock(mode, relation));
}
