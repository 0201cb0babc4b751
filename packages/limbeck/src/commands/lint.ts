import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { LimbeckError } from "../errors/limbeck-error.ts";
import { reasonOf } from "../errors/reason.ts";
import type { Evidence, Recipe, Severity, Work } from "../lint/rule.ts";
import type { LintFinding } from "../lint/finding.ts";
import type { LintedSteps } from "../proof/lint-steps.ts";
import type { RevisionGraph } from "../revisions/graph.ts";
import type { Step } from "../revisions/revision.ts";
import type { RevisionFile } from "../scripts/revision-file.ts";
import type { Context } from "./context.ts";
import { databaseState } from "./database-state.ts";
import { isEmpty } from "./is-empty.ts";
import { lintLevels } from "./lint-levels.ts";

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
}

/** A part of a revision that could not be looked at. */
export interface NotSeen {
  readonly revision: string;
  readonly reason: string;
  readonly file: string | null;
  readonly line: number | null;
}

export interface LintResult {
  /** In the order of the statements. */
  readonly findings: readonly Finding[];
  readonly notSeen: readonly NotSeen[];
}

export interface LintCommandOptions {
  /** As in `a:b`, `+2`, an id. Default: what is not applied, or everything where there is no database to ask. */
  readonly range?: string | undefined;
  /** Look at the statements alone, and at no database. */
  readonly static?: boolean | undefined;
  /** The major version of PostgreSQL to lint for. Default: the database's. */
  readonly pg?: number | undefined;
}

export interface LintFileOptions {
  /** Whether the file is run in one transaction, or each statement in its own. Default: "autocommit". */
  readonly mode?: "transaction" | "autocommit" | undefined;
  /** The major version of PostgreSQL to lint for. Default: the database's, or the newest. */
  readonly pg?: number | undefined;
  /** Look into the catalogs of the database too. */
  readonly catalog?: boolean | undefined;
}

/** What is dangerous in revisions. Changes nothing. */
export async function lint(context: Context, options: LintCommandOptions = {}): Promise<LintResult> {
  const graph = context.graph();
  const isKnown = options.static !== true && isThere(context) && !(await isEmpty(context));
  const rows = isKnown ? (await databaseState(context, graph)).rows : [];
  const steps = stepsOf(graph, options.range, rows);
  const pending = new Set(graph.size === 0 ? [] : graph.plan("upgrade", "heads", [...rows]).steps.map(idOf));
  const isPending = (step: Step): boolean => isKnown && pending.has(idOf(step));
  const { lintApart, lintRun } = await import("../proof/lint-steps.ts");
  const { authoring, arguments: given, config } = context;
  const looked = { graph, authoring, arguments: given, namingConvention: config.namingConvention };
  const lintOptions = { levels: lintLevels(context), majorVersion: options.pg };
  const applied = await lintApart(
    looked,
    steps.filter((step) => !isPending(step)),
    lintOptions,
  );
  const session = isKnown ? await context.session() : undefined;
  const coming = await lintRun({ ...looked, session }, steps.filter(isPending), lintOptions);
  return resultOf([applied, coming]);
}

/** What is dangerous in a file of SQL. Throws SQL_UNREADABLE. */
export async function lintFile(context: Context, path: string, options: LintFileOptions = {}): Promise<LintResult> {
  const { lintStatements, sqlStatements } = await import("../proof/lint-sql.ts");
  const { GrammarError } = await import("../grammar/statements.ts");
  const file = resolve(context.cwd, path);
  try {
    const statements = await sqlStatements(readFileSync(file, "utf8"), { mode: options.mode ?? "autocommit", file });
    const session = options.catalog ? await context.session() : undefined;
    const lintOptions = { levels: lintLevels(context), majorVersion: options.pg };
    const findings = await lintStatements(statements, session, lintOptions);
    return resultOf([{ findings, unseen: [] }]);
  } catch (error) {
    if (!(error instanceof GrammarError) && !isFileError(error)) throw error;
    throw new LimbeckError("SQL_UNREADABLE", {
      message: `The file ${path} cannot be read as SQL: ${reasonOf(error)}.`,
      hint: "Correct it: it is read with the grammar of PostgreSQL 18.",
      where: { file },
      cause: error,
    });
  }
}

function isFileError(error: unknown): boolean {
  return (
    typeof (error as NodeJS.ErrnoException).code === "string" && (error as NodeJS.ErrnoException).syscall !== undefined
  );
}

/** Whether there is a database to look at: an embedded one is made by whoever first opens it. */
function isThere({ config }: Context): boolean {
  const [, folder] = /^pglite:\/\/(.*)$/i.exec(config.url) ?? [];
  return folder === undefined || folder === "memory" || existsSync(resolve(config.folder, folder));
}

/** The steps of a range in the order of a run. */
function stepsOf(graph: RevisionGraph<RevisionFile>, range: string | undefined, rows: readonly string[]): Step[] {
  if (graph.size === 0) return [];
  if (range === undefined) return graph.plan("upgrade", "heads", [...rows]).steps;
  const ids = range.includes(":")
    ? graph.history(range, rows).map(({ revision }) => revision)
    : graph.resolve(range, rows);
  const wanted = new Set(ids);
  return graph.plan("upgrade", "heads", []).steps.filter(({ revision }) => wanted.has(revision));
}

function idOf({ revision }: Step): string {
  return revision;
}

function resultOf(parts: readonly LintedSteps[]): LintResult {
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
  };
}
