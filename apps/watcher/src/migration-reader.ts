import { isLimbeckError, Limbeck, type HistoryEntry, type OpenOptions } from "limbeck";
import type {
  Found,
  MigrationFindings,
  MigrationReader,
  MigrationState,
  ReportedDrift,
  ReportedFinding,
} from "./services/migration-report.ts";
import { DatabaseUnavailable } from "./store/database.ts";

/** Reads reports through limbeck, with a connection of its own for as long as each takes. */
export function limbeckReader(options: OpenOptions): MigrationReader {
  return {
    state: () => withLimbeck(options, readState),
    findings: () => withLimbeck(options, readFindings),
  };
}

async function withLimbeck<Result>(options: OpenOptions, read: (limbeck: Limbeck) => Promise<Result>): Promise<Result> {
  const limbeck = await Limbeck.open(options);
  try {
    return await read(limbeck);
  } finally {
    await limbeck.close();
  }
}

const mostRuns = 50;

async function readState(limbeck: Limbeck): Promise<MigrationState> {
  const [{ current, heads, pending, lastRuns }, { revisions }] = await Promise.all([
    statusOf(limbeck),
    limbeck.history(),
  ]);
  return {
    head: heads,
    current,
    revisions: revisions.map(({ revision, downRevision, dependsOn, branchLabels, message, isHead }) => ({
      revision,
      downRevision,
      dependsOn,
      branchLabels,
      message,
      createDate: createDate(revision),
      state: pending.includes(revision) ? "pending" : "applied",
      head: isHead,
    })),
    runs: lastRuns.map(({ checksum: _checksum, limbeckVersion: _version, ...run }) => run),
  };
}

async function statusOf(limbeck: Limbeck): Promise<{
  readonly current: readonly string[];
  readonly heads: readonly string[];
  readonly pending: readonly string[];
  readonly lastRuns: readonly HistoryEntry[];
}> {
  const ids = (revisions: readonly { readonly revision: string }[]) => revisions.map(({ revision }) => revision);
  try {
    const { current, heads, pending, lastRuns } = await limbeck.status({ lastRuns: mostRuns });
    return { current: ids(current), heads: ids(heads), pending: ids(pending), lastRuns };
  } catch (error) {
    if (!isLimbeckError(error)) throw error;
    if (error.exitCode === 4) throw new DatabaseUnavailable(error);
    if (error.code !== "REVISION_UNKNOWN_TO_FILES") throw error;
    // A newer release has migrated the database, and has gone further than this one knows.
    const { rows = [] } = (error.details ?? {}) as { readonly rows?: readonly string[] };
    return { current: rows, heads: ids((await limbeck.heads()).heads), pending: [], lastRuns: [] };
  }
}

/** An id is the time at which its file was made, unless somebody chose another. */
function createDate(revision: string): string | null {
  const date = new Date(revision.replace(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/, "$1-$2-$3T$4:$5:$6Z"));
  return /^\d{14}$/.test(revision) && !Number.isNaN(date.getTime()) ? date.toISOString() : null;
}

async function readFindings(limbeck: Limbeck): Promise<MigrationFindings> {
  return {
    pendingSql: await found(() => pendingSql(limbeck)),
    findings: await found(() => lint(limbeck)),
    drift: await found(() => drift(limbeck)),
  };
}

async function pendingSql(limbeck: Limbeck): Promise<string> {
  const { planned } = await limbeck.upgradePlan("heads");
  return planned
    .map(({ title, statements }) => [`-- ${title}`, ...statements.map(({ sql }) => `${sql};`)].join("\n"))
    .join("\n\n");
}

async function lint(limbeck: Limbeck): Promise<readonly ReportedFinding[]> {
  const { findings } = await limbeck.lint({ range: ":" });
  return findings.map(({ rule, severity, revision, message, statement, line }) => ({
    rule,
    severity,
    revision,
    message,
    statement,
    line,
  }));
}

async function drift(limbeck: Limbeck): Promise<readonly ReportedDrift[]> {
  const { drift: compared } = await limbeck.check();
  if (!("notCompared" in compared)) {
    return compared.objects.map(({ kind, name, message }) => ({ kind, object: name, message }));
  }
  throw new NotCompared(`Not compared: ${compared.notCompared}.`);
}

class NotCompared extends Error {
  readonly code = "NOT_COMPARED";
}

async function found<Result>(find: () => Promise<Result>): Promise<Found<Result>> {
  try {
    return await find();
  } catch (error) {
    const code = isLimbeckError(error) || error instanceof NotCompared ? error.code : "INTERNAL";
    return { error: { code, message: (error as Error).message } };
  }
}
