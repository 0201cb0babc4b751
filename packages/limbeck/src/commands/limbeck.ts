import type { EnvironmentConfig } from "../config/define-config.ts";
import type { RunEvent } from "../runner/events.ts";
import type { DryRunResult } from "../runner/dry-run.ts";
import type { PlanResult } from "../runner/planned.ts";
import { autogenerate, type AutogenerateOptions, type AutogenerateResult } from "./autogenerate.ts";
import { backup, type BackupOptions, type BackupResult } from "./backup.ts";
import { baseline, type BaselineOptions, type BaselineResult } from "./baseline.ts";
import { branches, type BranchesResult } from "./branches.ts";
import { check, checkSqlOnly, type CheckResult, type SqlOnlyCheckOptions, type SqlOnlyCheckResult } from "./check.ts";
import { diff, type DiffOptions, type DiffResult } from "./diff.ts";
import { dump, type DumpOptions, type DumpResult } from "./dump.ts";
import { erd, type EntityDiagram, type ErdOptions } from "./erd.ts";
import { openContext, type Context } from "./context.ts";
import { current, type CurrentResult } from "./current.ts";
import { downgrade, downgradeDryRun, downgradePlan, downgradeSql } from "./downgrade.ts";
import { ensureVersion, type EnsureVersionResult } from "./ensure-version.ts";
import { heads, type HeadsOptions, type HeadsResult } from "./heads.ts";
import { house } from "./house.ts";
import { history, type HistoryOptions, type HistoryResult } from "./history.ts";
import { importAlembic, type ImportAlembicOptions, type ImportAlembicResult } from "./import-alembic.ts";
import { lint, lintFile, type LintCommandOptions, type LintFileOptions } from "./lint.ts";
import type { LintResult } from "./lint-result.ts";
import { merge } from "./merge.ts";
import type { BackedUpRunResult } from "./migrate-backed-up.ts";
import type { NewRevisionOptions, NewRevisionResult } from "./new-revision.ts";
import { rebase, type RebaseOptions, type RebaseResult } from "./rebase.ts";
import { repair, type RepairOptions, type RepairResult } from "./repair.ts";
import { restore, type RestoreOptions, type RestoreResult } from "./restore.ts";
import { revision, revisionSql, type RevisionOptions, type RevisionSqlResult } from "./revision.ts";
import type { RunOptions, UpgradeOptions } from "./run-options.ts";
import { show, type ShowResult } from "./show.ts";
import { stamp, stampSql, type StampOptions, type StampResult } from "./stamp.ts";
import { status, type StatusOptions, type StatusResult } from "./status.ts";
import { test, type TestOptions, type TestResult } from "./test.ts";
import { upgrade, upgradeDryRun, upgradePlan, upgradeSql } from "./upgrade.ts";
import { upgradeVerified, type VerifiedRunResult } from "./upgrade-verified.ts";
import { verify, type VerifyOptions, type VerifyResult } from "./verify.ts";

/** How a library user opens limbeck. What is left out comes from the configuration file, if there is one. */
export interface OpenOptions extends EnvironmentConfig {
  /** The configuration file; found upwards from `cwd` when left out. */
  readonly config?: string;
  /** The environment's name, as in `--env`. */
  readonly environment?: string;
  /** A connected `pg` Client, or a PGlite instance, to use instead of opening one. It stays yours to close. */
  readonly client?: object;
  /** The folder from which everything relative counts. Default: the process's. */
  readonly cwd?: string;
  /** Hears what happens during a run. */
  readonly onEvent?: (event: RunEvent) => void;
  /** Ends a run: the running statement is cancelled and its step rolled back. */
  readonly signal?: AbortSignal;
  /** What revisions find in `op.arguments`. */
  readonly arguments?: Readonly<Record<string, string>>;
}

/** The library's door: each command is a method with the same options, and returns what `--json` prints. */
export class Limbeck {
  readonly #context: Context;

  private constructor(context: Context) {
    this.#context = context;
  }

  /** Reads the configuration. The database is opened by the first method that needs it. */
  static async open(options: OpenOptions = {}): Promise<Limbeck> {
    const { config, environment, client, cwd, onEvent, signal, arguments: given, url, ...overrides } = options;
    const context = await openContext({
      file: config,
      environment,
      url,
      overrides,
      cwd: cwd ?? process.cwd(),
      env: process.env,
      client,
      listener: onEvent,
      signal,
      arguments: given,
      ...house(),
    });
    return new Limbeck(context);
  }

  /** Runs what the database lacks to stand at the target. */
  upgrade(target?: string, options?: UpgradeOptions): Promise<BackedUpRunResult> {
    return upgrade(this.#context, target, options);
  }

  /** The same between two `verify`, the first of which must say yes. */
  upgradeVerified(target?: string, options?: VerifyOptions & RunOptions): Promise<VerifiedRunResult> {
    return upgradeVerified(this.#context, target, options);
  }

  /** What that would do: steps, statements and locks. */
  upgradePlan(target?: string): Promise<PlanResult> {
    return upgradePlan(this.#context, target);
  }

  /** Does it in a transaction that is rolled back, as far as that is possible. */
  upgradeDryRun(target?: string): Promise<DryRunResult> {
    return upgradeDryRun(this.#context, target);
  }

  /** The same as a script for psql. */
  upgradeSql(range?: string): Promise<string> {
    return upgradeSql(this.#context, range);
  }

  /** Undoes what the database has above the target. */
  downgrade(target: string, options?: RunOptions): Promise<BackedUpRunResult> {
    return downgrade(this.#context, target, options);
  }

  downgradePlan(target: string): Promise<PlanResult> {
    return downgradePlan(this.#context, target);
  }

  downgradeDryRun(target: string): Promise<DryRunResult> {
    return downgradeDryRun(this.#context, target);
  }

  downgradeSql(range: string): Promise<string> {
    return downgradeSql(this.#context, range);
  }

  /** Writes the version table and runs nothing. */
  stamp(targets: string | readonly string[], options?: StampOptions): Promise<StampResult> {
    return stamp(this.#context, typeof targets === "string" ? [targets] : targets, options);
  }

  stampSql(range: string): Promise<string> {
    return stampSql(this.#context, range);
  }

  ensureVersion(): Promise<EnsureVersionResult> {
    return ensureVersion(this.#context);
  }

  current(): Promise<CurrentResult> {
    return current(this.#context);
  }

  status(options?: StatusOptions): Promise<StatusResult> {
    return status(this.#context, options);
  }

  /** Accepts the files of applied revisions that have been edited since: all of them, if none are named. */
  repair(revisions: readonly string[] = [], options: RepairOptions = {}): Promise<RepairResult> {
    return repair(this.#context, revisions, options);
  }

  check(): Promise<CheckResult> {
    return check(this.#context);
  }

  /** What is dangerous in revisions: those that are not applied, unless a range says otherwise. Changes nothing. */
  lint(options?: LintCommandOptions): Promise<LintResult> {
    return lint(this.#context, options);
  }

  /** What is dangerous in a file of SQL. */
  lintFile(path: string, options?: LintFileOptions): Promise<LintResult> {
    return lintFile(this.#context, path, options);
  }

  /** Asks of the files alone whether the revisions make the target schema. */
  checkSqlOnly(options?: SqlOnlyCheckOptions): Promise<SqlOnlyCheckResult> {
    return checkSqlOnly(this.#context, options);
  }

  diff(options?: DiffOptions): Promise<DiffResult> {
    return diff(this.#context, options);
  }

  /** Takes each revision of a range, all if none is given, up, down and up again on scratch databases. */
  test(range?: string, options?: TestOptions): Promise<TestResult> {
    return test(this.#context, range, options);
  }

  /** Checks data and catalogs: before a deployment what it would stumble over, afterwards what it left. */
  verify(options?: VerifyOptions): Promise<VerifyResult> {
    return verify(this.#context, options);
  }

  /** Copies the database to a file, and reads it back. */
  backup(options?: BackupOptions): Promise<BackupResult> {
    return backup(this.#context, options);
  }

  /** Makes the database what a backup says. What is in it goes, if the options say that it may. */
  restore(file: string, options?: RestoreOptions): Promise<RestoreResult> {
    return restore(this.#context, file, options);
  }

  /** A schema as SQL that makes it in an empty database. */
  dump(options?: DumpOptions): Promise<DumpResult> {
    return dump(this.#context, options);
  }

  /** The tables of a schema and what points from one to another. */
  erd(options?: ErdOptions): Promise<EntityDiagram> {
    return erd(this.#context, options);
  }

  /** Writes the first revision from the live schema, and stamps the database with it. */
  async baseline(options?: BaselineOptions): Promise<BaselineResult> {
    return baseline(this.#context, options);
  }

  /** Writes revisions for those of an Alembic project, with their ids. Runs no Python, and looks at no database. */
  async importAlembic(options: ImportAlembicOptions): Promise<ImportAlembicResult> {
    return importAlembic(this.#context, options);
  }

  history(options?: HistoryOptions): Promise<HistoryResult> {
    return history(this.#context, options);
  }

  async heads(options?: HeadsOptions): Promise<HeadsResult> {
    return heads(this.#context, options);
  }

  async branches(): Promise<BranchesResult> {
    return branches(this.#context);
  }

  show(identifier: string): Promise<ShowResult> {
    return show(this.#context, identifier);
  }

  /** Writes a new revision file. */
  async revision(options?: RevisionOptions): Promise<NewRevisionResult> {
    return revision(this.#context, options);
  }

  /** The same, with the script for psql that runs it. */
  async revisionSql(options?: RevisionOptions): Promise<RevisionSqlResult> {
    return revisionSql(this.#context, options);
  }

  /** Writes a revision that makes the target schema out of the live one, unless they are the same. */
  async autogenerate(options?: AutogenerateOptions): Promise<AutogenerateResult> {
    return autogenerate(this.#context, options);
  }

  /** Writes a revision that joins others: all heads, if none are named. */
  async merge(revisions: readonly string[] = [], options?: NewRevisionOptions): Promise<NewRevisionResult> {
    return merge(this.#context, revisions, options);
  }

  /** Puts a revision that is applied nowhere, with all that stands on it, on top of another one. */
  rebase(identifier: string, options?: RebaseOptions): Promise<RebaseResult> {
    return rebase(this.#context, identifier, options);
  }

  /** The plain `pg` Client or PGlite of this limbeck's session, opened if it was not yet. */
  async client(): Promise<unknown> {
    return (await this.#context.session()).client;
  }

  /** Closes the database, unless the client is the caller's. */
  close(): Promise<void> {
    return this.#context.close();
  }
}
