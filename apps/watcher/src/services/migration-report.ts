/** Where the database's revisions stand, for people: what is applied and what is to come, and what is wrong with either. */
export interface MigrationReport extends MigrationState, MigrationFindings {
  /** When the findings were made. They are kept for a minute, because it takes a scratch database to make them. */
  readonly checkedAt: string;
}

/** What is cheap to know. */
export interface MigrationState {
  /** The heads of the revision files. */
  readonly head: readonly string[];
  /** The version table's rows. */
  readonly current: readonly string[];
  /** Newest first. */
  readonly revisions: readonly ReportedRevision[];
  /** The last steps that were run, at most fifty, newest first. */
  readonly runs: readonly ReportedRun[];
}

/** What takes a while to find out. */
export interface MigrationFindings {
  /** What the next upgrade would run; empty when nothing is pending. */
  readonly pendingSql: Found<string>;
  readonly findings: Found<readonly ReportedFinding[]>;
  /** How the database differs from the schema that this service expects. */
  readonly drift: Found<readonly ReportedDrift[]>;
}

/** What was found out, or why it was not. */
export type Found<Result> = Result | { readonly error: { readonly code: string; readonly message: string } };

export interface ReportedRevision {
  readonly revision: string;
  readonly downRevision: readonly string[];
  readonly dependsOn: readonly string[];
  readonly branchLabels: readonly string[];
  readonly message: string;
  /** As ISO 8601 in UTC, where the id is a time. */
  readonly createDate: string | null;
  readonly state: "applied" | "pending";
  readonly head: boolean;
}

export interface ReportedRun {
  readonly revision: string;
  readonly direction: string;
  readonly status: string;
  readonly startedAt: string;
  readonly durationMs: number | null;
  readonly user: string | null;
  readonly host: string | null;
  readonly applicationVersion: string | null;
  readonly error: string | null;
}

export interface ReportedFinding {
  readonly rule: string;
  readonly severity: string;
  readonly revision: string | null;
  readonly message: string;
  readonly statement: string;
  readonly line: number | null;
}

export interface ReportedDrift {
  readonly kind: string;
  readonly object: string;
  readonly message: string;
}

/** Finds out about the revisions. Neither half is asked for again before it has answered. */
export interface MigrationReader {
  state(): Promise<MigrationState>;
  findings(): Promise<MigrationFindings>;
}

/** Makes reports. */
export type ReadMigrationReport = () => Promise<MigrationReport>;

export interface ReportOptions {
  /** How long findings hold, unless the database is migrated. */
  readonly keepMs?: number;
  /** How long a request waits for findings that there are not yet. */
  readonly patienceMs?: number;
  readonly now?: () => number;
}

interface Search {
  /** What the database stood at. */
  readonly current: string;
  readonly since: number;
  /** Ends with what was found, and never fails. */
  readonly ended: Promise<void>;
}

interface Told extends MigrationFindings {
  readonly current: string;
  readonly since: number;
}

/**
 * Makes the reader of reports for any number of callers. Findings are looked for by one of them at a time, at most once
 * in `keepMs`, and given to all; while new ones are looked for, the last ones are told.
 */
export function migrationReports(
  reader: MigrationReader,
  { keepMs = 60_000, patienceMs = 5_000, now = Date.now }: ReportOptions = {},
): ReadMigrationReport {
  const readState = shared(() => reader.state());
  let search: Search | undefined;
  let told: Told | undefined;

  let isLooking = false;
  const look = async (current: string, since: number): Promise<void> => {
    const findings = await reader.findings().catch(notFound);
    told = { current, since, ...findings };
    isLooking = false;
  };

  return async () => {
    const state = await readState();
    const current = state.current.join();
    const holds = search?.current === current && now() - search.since < keepMs;
    if (!isLooking && !holds) {
      isLooking = true;
      search = { current, since: now(), ended: look(current, now()) };
    }
    if (told?.current !== current) await inTime(search?.ended, patienceMs);
    const { current: _current, since = now(), ...findings } = told?.current === current ? told : notYet;
    return { ...state, ...findings, checkedAt: new Date(since).toISOString() };
  };
}

/** Callers who come while an answer is on its way get the same one. */
function shared<Result>(read: () => Promise<Result>): () => Promise<Result> {
  let underway: Promise<Result> | undefined;
  return () =>
    (underway ??= read().finally(() => {
      underway = undefined;
    }));
}

const notYet: Partial<Told> & MigrationFindings = allFailed(
  "IN_PROGRESS",
  "This is being found out; ask again in a moment.",
);

function notFound(error: unknown): MigrationFindings {
  return allFailed("INTERNAL", error instanceof Error ? error.message : String(error));
}

function allFailed(code: string, message: string): MigrationFindings {
  const error = { error: { code, message } };
  return { pendingSql: error, findings: error, drift: error };
}

async function inTime(answer: Promise<unknown> | undefined, milliseconds: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds);
  });
  await Promise.race([answer, late]).finally(() => clearTimeout(timer));
}
