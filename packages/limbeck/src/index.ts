export * from "./authoring.ts";
export { Limbeck, type OpenOptions } from "./commands/limbeck.ts";
export { isLimbeckError, LimbeckError, type LimbeckErrorJson, type Location } from "./errors/limbeck-error.ts";
export type { ErrorCode, ExitCode } from "./errors/catalogue.ts";
export { operationFromJson, operationToJson } from "./operations/language/json.ts";
export type { Operation, OperationKind } from "./operations/operation.ts";
export type { Direction, Plan, Revision, RevisionInfo, Step } from "./revisions/revision.ts";
export { RevisionGraph } from "./revisions/graph.ts";
export type { RunEvent, StepInfo } from "./runner/events.ts";
export type { DryRunResult, DryRunStop } from "./runner/dry-run.ts";
export type { EditedRevision } from "./runner/edited.ts";
export type { HistoryEntry } from "./runner/read-history.ts";
export type { PlannedStatement, PlannedStep, PlannedWork, PlanResult } from "./runner/planned.ts";
export type { RunResult, StepResult } from "./runner/run.ts";
export type { AutogenerateOptions, AutogenerateResult, RenameCandidate } from "./commands/autogenerate.ts";
export type { BackupOptions, BackupResult, Manifest } from "./commands/backup.ts";
export type { BaselineOptions, BaselineResult } from "./commands/baseline.ts";
export type { DumpOptions, DumpResult, ScriptStatement } from "./commands/dump.ts";
export type { Entity, EntityColumn, EntityDiagram, ErdOptions, Relationship } from "./commands/erd.ts";
export type { BranchesResult } from "./commands/branches.ts";
export type { CheckResult, DriftedObject, SqlOnlyCheckOptions, SqlOnlyCheckResult } from "./commands/check.ts";
export type { DiffOptions, DiffResult } from "./commands/diff.ts";
export type { CurrentResult } from "./commands/current.ts";
export type { HeadsResult } from "./commands/heads.ts";
export type { Finding, LintFixes, LintResult, Measured, NotSeen, TracedStatement } from "./commands/lint-result.ts";
export type { HistoryResult, ListedRevision } from "./commands/history.ts";
export type {
  ImportAlembicOptions,
  ImportAlembicResult,
  ImportedRevision,
  ImportedStatement,
} from "./commands/import-alembic.ts";
export type { NewRevisionResult } from "./commands/new-revision.ts";
export type { RevisionSqlResult } from "./commands/revision.ts";
export type { RebaseResult } from "./commands/rebase.ts";
export type { RepairOptions, RepairResult } from "./commands/repair.ts";
export type { RestoreOptions, RestoreResult } from "./commands/restore.ts";
export type { RunOptions, UpgradeOptions } from "./commands/run-options.ts";
export type { BackedUpRunResult } from "./commands/migrate-backed-up.ts";
export type { ShowResult } from "./commands/show.ts";
export type { StampResult } from "./commands/stamp.ts";
export type { StatusOptions, StatusResult } from "./commands/status.ts";
export type { RevisionSummary } from "./commands/summary.ts";
export type { RevisionTest, TestOptions, TestResult } from "./commands/test.ts";
export type { CheckFinding, DataCheckResult, RowCount, VerifyOptions, VerifyResult } from "./commands/verify.ts";
export type { VerifiedRunResult } from "./commands/upgrade-verified.ts";
