import { redact } from "../errors/redact.ts";
import type { Location } from "../errors/limbeck-error.ts";
import type { LockMode } from "../operations/language/statement.ts";
import type { Catalog } from "./catalog.ts";
import type { LintedStatement } from "./linted-statement.ts";
import type { Measurement } from "./measurement.ts";
import { displayName } from "./names.ts";
import type { Evidence, Loss, Match, Recipe, Rule, Severity, Work } from "./rule.ts";

/** Something to know before a statement runs. */
export interface LintFinding {
  readonly rule: string;
  readonly severity: Severity;
  readonly evidence: Evidence;
  readonly revision: string | undefined;
  readonly where: Location | undefined;
  readonly statement: string;
  /** The statement as it was read. */
  readonly linted: LintedStatement;
  readonly lock: LockMode | undefined;
  readonly relation: string | undefined;
  readonly work: Work | undefined;
  readonly message: string;
  readonly recipe: Recipe | undefined;
  /** How large the relation is, where a catalog knows it. */
  readonly size: Size | undefined;
  /** The first of PostgreSQL's major versions concerned. */
  readonly since: number;
  readonly loses: readonly Loss[];
  /** What the statement was seen to do; for traced evidence. */
  readonly measured: Measurement | undefined;
}

export interface Size {
  /** The planner's estimate. */
  readonly rows: number;
  readonly bytes: number;
  /** Whether it has no row for certain. */
  readonly isEmpty: boolean;
  /** For how long the lock is held while the work is done, in seconds: an order of magnitude. */
  readonly roughSeconds: number | undefined;
}

/** The oldest version that the facts behind the rules were measured on. */
const OLDEST_MAJOR = 13;

/** What a finding is about. */
interface About {
  readonly rule: Rule;
  readonly severity: Severity;
  readonly statement: LintedStatement;
  readonly catalog: Catalog | undefined;
  readonly measured: Measurement | undefined;
}

export function finding({ rule, severity, statement, catalog, measured }: About, match: Match): LintFinding {
  const { relation, lock, work, evidence, message, recipe, loses = [] } = match;
  return {
    rule: rule.name,
    severity,
    evidence,
    revision: statement.revision,
    where: statement.where,
    statement: redact(statement.text),
    linted: statement,
    lock,
    relation: relation === undefined ? undefined : displayName(relation),
    work,
    message,
    recipe,
    size: sizeOf(match, catalog),
    since: rule.since ?? OLDEST_MAJOR,
    loses,
    measured: evidence === "traced" ? measured : undefined,
  };
}

/** Bytes of a table with its indexes that one second's work does, on a server with ordinary disks. */
const BYTES_PER_SECOND: Readonly<Record<Work, number>> = {
  scan: 300e6,
  "index build": 100e6,
  rewrite: 50e6,
};

function sizeOf({ relation, work }: Match, catalog: Catalog | undefined): Size | undefined {
  const facts = relation === undefined ? undefined : catalog?.relation(relation);
  if (facts === undefined || facts.kind === "view" || catalog?.isReplayed === true) return undefined;
  const { rows, bytes, isEmpty } = facts;
  return { rows, bytes, isEmpty, roughSeconds: work === undefined ? undefined : bytes / BYTES_PER_SECOND[work] };
}
