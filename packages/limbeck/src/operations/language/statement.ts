import type { TableAction } from "./alter-table.ts";

/** PostgreSQL's table-level locks, weakest first (manual: "Explicit Locking", table 13.2). */
export const LOCK_MODES = [
  "ACCESS SHARE",
  "ROW SHARE",
  "ROW EXCLUSIVE",
  "SHARE UPDATE EXCLUSIVE",
  "SHARE",
  "SHARE ROW EXCLUSIVE",
  "EXCLUSIVE",
  "ACCESS EXCLUSIVE",
] as const;

export type LockMode = (typeof LOCK_MODES)[number];

/** The strongest lock that a statement takes on a relation that exists before it. */
export interface Lock {
  readonly mode: LockMode;
  /** The relation as SQL: quoted, with its schema when one was given. */
  readonly relation: string;
}

/** SQL that is sent as one piece. */
export interface Statement {
  /** SQL without a semicolon at its end. */
  readonly text: string;
  /** False for a statement that PostgreSQL refuses in a transaction block, or whose work no other can use before the commit. */
  readonly transactional: boolean;
  readonly locks: readonly Lock[];
  /** Of an ALTER TABLE: what it does, in parts that one statement can have beside those of another. */
  readonly alters?: { readonly relation: string; readonly actions: readonly TableAction[] };
  /** True for a COMMENT, which may as well come after other changes of its table. */
  readonly comments?: boolean;
}

/** A statement that may run in a transaction. */
export function statement(text: string, ...locks: readonly Lock[]): Statement {
  return { text, transactional: true, locks };
}

/** A statement that runs on its own, outside a transaction block. */
export function standaloneStatement(text: string, ...locks: readonly Lock[]): Statement {
  return { text, transactional: false, locks };
}

export function lock(mode: LockMode, relation: string): Lock {
  return { mode, relation };
}

/** Clauses that are there, in their order, with a space between them. */
export function clauses(...parts: readonly (string | false | null | undefined)[]): string {
  return parts.filter((part): part is string => typeof part === "string" && part !== "").join(" ");
}
