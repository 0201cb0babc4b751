import { redact } from "../errors/redact.ts";
import type { LintFinding } from "../lint/finding.ts";
import { stops, type MeasuredLock, type Measurement } from "../lint/measurement.ts";
import { displayName, sameName } from "../lint/names.ts";
import type { Evidence, Recipe, Severity, Work } from "../lint/rule.ts";
import type { LintedSteps } from "../proof/lint-steps.ts";
import { LOCK_MODES } from "../operations/language/statement.ts";
import type { TracedStep, Traces } from "../proof/trace-steps.ts";

/** Something that lint found. What is not known is null. */
export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  /** From the statements alone, with the catalogs of a database, or by running them in a scratch database. */
  readonly evidence: Evidence;
  readonly revision: string | null;
  readonly file: string | null;
  readonly line: number | null;
  readonly statement: string;
  /** In PostgreSQL's words, as in `ACCESS EXCLUSIVE`. */
  readonly lock: string | null;
  readonly relation: string | null;
  /** What takes as long as the relation is large, while the lock is held. */
  readonly work: Work | null;
  readonly message: string;
  readonly recipe: Recipe | null;
  /** The planner's estimate of the relation's rows, its bytes with its indexes, and the work's time in seconds, roughly. */
  readonly size: { readonly rows: number; readonly bytes: number; readonly roughSeconds: number | null } | null;
  /** The first of PostgreSQL's major versions concerned. */
  readonly since: number;
  /** What the statement was seen to do; null without a trace. */
  readonly measured: Measured | null;
}

/** What a statement did in a scratch database to relations that were there before the run. */
export interface Measured {
  /** The strongest lock on each relation that it took. */
  readonly locks: readonly { readonly relation: string; readonly mode: string }[];
  /** Those that the statements before it had taken in the same transaction. */
  readonly held: readonly { readonly relation: string; readonly mode: string }[];
  readonly rewritten: readonly string[];
  readonly scanned: readonly string[];
  /** Indexes that were built. */
  readonly built: readonly string[];
  /** Indexes that are invalid since. */
  readonly invalid: readonly string[];
  /** What has to wait while it runs, of what others do with those relations. */
  readonly blocks: readonly ("reads" | "writes")[];
  /** False for a statement outside of a transaction: its locks and scans are gone when it has ended, and are not known. */
  readonly complete: boolean;
}

/** A statement that was run in a scratch database. */
export interface TracedStatement extends Measured {
  readonly revision: string;
  readonly file: string | null;
  readonly line: number | null;
  readonly statement: string;
}

/** A part of a revision that could not be looked at. */
export interface NotSeen {
  readonly revision: string;
  readonly reason: string;
  readonly file: string | null;
  readonly line: number | null;
}

/** A revision's file that has safe forms in it now. */
export interface FixedFile {
  readonly path: string;
  /** As `diff -u` shows it. */
  readonly difference: string;
}

export interface LintFixes {
  /** False when it was only shown. */
  readonly written: boolean;
  readonly files: readonly FixedFile[];
  /** What has a safe form, and was left as it is. */
  readonly notFixed: readonly {
    readonly rule: string;
    readonly file: string | null;
    readonly line: number | null;
    readonly reason: string;
  }[];
}

export interface LintResult {
  /** In the order of the statements. */
  readonly findings: readonly Finding[];
  readonly notSeen: readonly NotSeen[];
  /** What each statement was seen to do; null without a trace. */
  readonly traced: readonly TracedStatement[] | null;
  /** What was fixed, the findings being those that are left; null when nobody asked for it. */
  readonly fixes: LintFixes | null;
}

export function resultOf(parts: readonly LintedSteps[], traces?: Traces): LintResult {
  return {
    findings: parts.flatMap(({ findings }) => findings.map(publicFinding)),
    notSeen: parts.flatMap(({ unseen }) =>
      unseen.map(({ revision, reason, where }) => ({
        revision,
        reason,
        file: where?.file ?? null,
        line: where?.line ?? null,
      })),
    ),
    traced: traces === undefined ? null : [...traces.steps.values()].flatMap(tracedStatements),
    fixes: null,
  };
}

function tracedStatements({ statements, measured }: TracedStep): TracedStatement[] {
  return statements.flatMap((statement) => {
    const measurement = measured.get(statement);
    if (measurement === undefined) return [];
    const { revision = "", where, text } = statement;
    const place = { file: where?.file ?? null, line: where?.line ?? null };
    return [{ revision, ...place, statement: redact(text), ...publicMeasurement(measurement) }];
  });
}

/** Whether it is an index's, and its table is locked as strongly: who is kept from the table does not ask for its index. */
function isImplied({ relation, mode }: MeasuredLock, locks: readonly MeasuredLock[]): boolean {
  const [table] = relation.within;
  if (relation.kind !== "index" || table === undefined) return false;
  const own = locks.find((each) => sameName(each.relation, table));
  return own !== undefined && LOCK_MODES.indexOf(own.mode) >= LOCK_MODES.indexOf(mode);
}

function publicMeasurement(measurement: Measurement): Measured {
  const { locks, held, rewritten, scanned, built, invalid, isComplete } = measurement;
  const names = (relations: Measurement["scanned"]): string[] => relations.map(displayName);
  const said = (all: Measurement["locks"]): Measured["locks"] =>
    all
      .filter((lock) => !isImplied(lock, [...locks, ...held]))
      .map(({ relation, mode }) => ({ relation: displayName(relation), mode }));
  return {
    locks: said(locks),
    held: said(held),
    rewritten: names(rewritten),
    scanned: names(scanned),
    built: names(built),
    invalid: names(invalid),
    blocks: [...new Set([...locks, ...held].flatMap(stops))].toSorted(),
    complete: isComplete,
  };
}

function publicFinding({ size, where, since, ...found }: LintFinding): Finding {
  const { rule, severity, evidence, statement, message } = found;
  return {
    rule,
    severity,
    evidence,
    revision: found.revision ?? null,
    file: where?.file ?? null,
    line: where?.line ?? null,
    statement,
    lock: found.lock ?? null,
    relation: found.relation ?? null,
    work: found.work ?? null,
    message,
    recipe: found.recipe ?? null,
    size: size === undefined ? null : { rows: size.rows, bytes: size.bytes, roughSeconds: size.roughSeconds ?? null },
    since,
    measured: found.measured === undefined ? null : publicMeasurement(found.measured),
  };
}
