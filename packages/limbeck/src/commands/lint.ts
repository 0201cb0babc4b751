import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { LintFinding } from "../lint/finding.ts";
import { LimbeckError } from "../errors/limbeck-error.ts";
import { reasonOf } from "../errors/reason.ts";
import type { LintedSteps } from "../proof/lint-steps.ts";
import type { Traces } from "../proof/trace-steps.ts";
import type { RevisionGraph } from "../revisions/graph.ts";
import type { Step } from "../revisions/revision.ts";
import type { RevisionFile } from "../scripts/revision-file.ts";
import type { Context } from "./context.ts";
import { databaseState } from "./database-state.ts";
import { isEmpty } from "./is-empty.ts";
import { resultOf, type LintResult } from "./lint-result.ts";
import { traceLinted } from "./lint-trace.ts";
import { lintLevels } from "./lint-levels.ts";

export interface LintCommandOptions {
  /** As in `a:b`, `+2`, an id. Default: what is not applied, or everything where there is no database to ask. */
  readonly range?: string | undefined;
  /** Look at the statements alone, and at no database. */
  readonly static?: boolean | undefined;
  /** Run them in a scratch database, and look at what each statement does. */
  readonly trace?: boolean | undefined;
  /** The server to make the scratch database on. Default: the database's own. */
  readonly scratch?: string | undefined;
  /** Write what is found in its safe form, where that needs no thought; `"preview"` only shows it. */
  readonly fix?: boolean | "preview" | undefined;
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

/** What is dangerous in revisions. Changes nothing, unless it is asked to fix them. */
export async function lint(context: Context, options: LintCommandOptions = {}): Promise<LintResult> {
  const { result, findings, graph, applied } = await lintOnce(context, options);
  const { fix } = options;
  if (!fix) return result;
  const { fixLinted } = await import("./lint-fix.ts");
  const fixes = await fixLinted(context, graph, findings, { dryRun: fix === "preview", applied });
  const left = fixes.written && fixes.files.length > 0 ? (await lintOnce(context, options)).result : result;
  return { ...left, fixes };
}

interface Linted {
  readonly result: LintResult;
  readonly findings: readonly LintFinding[];
  readonly graph: RevisionGraph<RevisionFile>;
  readonly applied: ReadonlySet<string>;
}

async function lintOnce(context: Context, options: LintCommandOptions): Promise<Linted> {
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
  const [apart, run] = [steps.filter((step) => !isPending(step)), steps.filter(isPending)];
  const traces = options.trace ? await traceLinted(context, graph, { apart, run, on: options.scratch }) : undefined;
  const alone = await lintApart(looked, apart, lintOptions, traces?.steps);
  const session = isKnown ? await context.session() : undefined;
  const coming = await lintRun({ ...looked, session }, run, lintOptions, traces?.steps);
  return {
    result: resultOf([alone, coming, ...notTraced(graph, traces)], traces),
    findings: [...alone.findings, ...coming.findings],
    graph,
    applied: graph.applied([...rows]),
  };
}

function notTraced(graph: RevisionGraph<RevisionFile>, traces: Traces | undefined): LintedSteps[] {
  if (traces?.stopped === undefined) return [];
  const { revision, reason } = traces.stopped;
  const why = `it cannot be run in a scratch database, and nothing from it on was traced: ${reason}`;
  return [{ findings: [], unseen: [{ revision, reason: why, where: { file: graph.get(revision)!.source.path } }] }];
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
