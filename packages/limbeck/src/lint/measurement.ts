import { LOCK_MODES, type LockMode } from "../operations/language/statement.ts";
import type { ObjectName } from "./names.ts";
import type { Work } from "./rule.ts";

/** A relation as the catalogs of the scratch database know it. */
export interface MeasuredRelation extends ObjectName {
  readonly schema: string;
  readonly kind: "table" | "partitioned table" | "index" | "view" | "materialized view" | "other";
  /** What it is a part of: an index's table, a partition's parent, and so on up. */
  readonly within: readonly ObjectName[];
}

export interface MeasuredLock {
  readonly relation: MeasuredRelation;
  readonly mode: LockMode;
}

/**
 * What a statement did to relations that were there before the run, as it was seen in a scratch database: their locks in
 * `pg_locks`, their files in `pg_class`, their scans in the transaction's own counters.
 */
export interface Measurement {
  /** The strongest lock on each relation that the statement took, and that was not held before it. */
  readonly locks: readonly MeasuredLock[];
  /** The strongest locks that the statements before it, in the same transaction, had taken. */
  readonly held: readonly MeasuredLock[];
  /** Relations that have a new file, and rows in it. */
  readonly rewritten: readonly MeasuredRelation[];
  /** Relations that have a new file, with rows or without. */
  readonly renewed: readonly MeasuredRelation[];
  readonly scanned: readonly MeasuredRelation[];
  /** Indexes that were made, or made anew, on relations that were there. */
  readonly built: readonly MeasuredRelation[];
  /** Indexes that are invalid after it, and were not before. */
  readonly invalid: readonly MeasuredRelation[];
  /** False outside of a transaction, where locks and counters are gone when the statement has ended: only files are known. */
  readonly isComplete: boolean;
}

/** What waits for a lock, strongest demand first (manual: "Explicit Locking", table of conflicting modes). */
const CONFLICTS: Readonly<Record<LockMode, readonly ("reads" | "writes")[]>> = {
  "ACCESS SHARE": [],
  "ROW SHARE": [],
  "ROW EXCLUSIVE": [],
  "SHARE UPDATE EXCLUSIVE": [],
  SHARE: ["writes"],
  "SHARE ROW EXCLUSIVE": ["writes"],
  EXCLUSIVE: ["writes"],
  "ACCESS EXCLUSIVE": ["reads", "writes"],
};

/** Whom a lock stops: an application reads anything, writes tables only, and plans its queries with every index. */
export function stops({ relation: { kind }, mode }: MeasuredLock): readonly ("reads" | "writes")[] {
  if (kind === "other") return [];
  return kind === "table" || kind === "partitioned table" || mode === "ACCESS EXCLUSIVE" ? CONFLICTS[mode] : [];
}

/** Those of some locks that stop the application. */
export function stopping(locks: readonly MeasuredLock[]): MeasuredLock[] {
  return locks
    .filter((lock) => stops(lock).length > 0)
    .toSorted((a, b) => LOCK_MODES.indexOf(b.mode) - LOCK_MODES.indexOf(a.mode));
}

/** What took as long as a relation is large, the worst first, and which relations that was. */
export function measuredWork({
  rewritten,
  built,
  scanned,
}: Measurement): { readonly work: Work; readonly relations: readonly MeasuredRelation[] } | undefined {
  if (rewritten.length > 0) return { work: "rewrite", relations: rewritten };
  if (built.length > 0) return { work: "index build", relations: built };
  return scanned.length > 0 ? { work: "scan", relations: scanned } : undefined;
}
