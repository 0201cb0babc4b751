import { LimbeckError } from "../errors/limbeck-error.ts";
import { quote } from "../operations/language/literals.ts";
import type { Operation } from "../operations/operation.ts";
import { operationsFor, type OperationsHost } from "../operations/recorder.ts";
import type { RowChange } from "../revisions/revision.ts";
import { rowDifference } from "../revisions/rows.ts";
import type { StepInfo } from "./events.ts";
import { abandonedSql, declaredSql, doneSql, historyTableSql, type StepRecord } from "./history.ts";
import { piecesOf, type Recorded } from "./pieces.ts";
import { NOTHING_SENT, stepError, withHint } from "./step-error.ts";
import { placeInFile, type StepSource } from "./step-source.ts";
import { lockName } from "./lock-name.ts";
import { NO_GUARDS, rowChangesSql, tableSql, versionTableSql, type VersionTable } from "./version-table.ts";

export interface OfflineStep {
  readonly step: StepInfo;
  readonly source: StepSource;
  readonly record: StepRecord;
  readonly changes: RowChange;
  readonly path: string;
}

export interface OfflineScript {
  readonly table: VersionTable;
  readonly version: string;
  /** The rows that the script expects to find, sorted. */
  readonly from: readonly string[];
  readonly steps: readonly OfflineStep[];
  readonly arguments: Readonly<Record<string, string>>;
}

/**
 * The run as a script for psql: it stops at the first error, takes the runner's lock, refuses a database that does
 * not stand where the script begins, and leaves the same tables and rows as a run. Throws OFFLINE_NEEDS_DATABASE.
 */
export async function offlineScript(script: OfflineScript): Promise<string> {
  const steps: string[] = [];
  for (const step of script.steps) steps.push(await offlineStep(script, step));
  const ids = script.steps.map(({ step }) => step.revision);
  return [...preamble(script, ids), ...steps].join("\n");
}

export interface OfflineStamp extends Pick<OfflineScript, "table" | "version" | "from"> {
  readonly to: readonly string[];
  /** The revisions whose state changes without a run. */
  readonly records: readonly StepRecord[];
}

/** A stamp as a script for psql. */
export function offlineStamp(script: OfflineStamp): string {
  const { table, from, to, records } = script;
  const changes = [
    ...rowChangesSql(table, rowDifference(from, to)),
    abandonedSql(table),
    ...declaredSql(table, "stamped", records),
  ];
  return [...preamble(script, to), "BEGIN;\n", ...changes.map(terminated), "COMMIT;\n"].join("\n");
}

function preamble(
  { table, version, from }: Pick<OfflineScript, "table" | "version" | "from">,
  ids: readonly string[],
): string[] {
  return [
    `-- limbeck ${version}, for psql\n\\set ON_ERROR_STOP on\n`,
    terminated(guardSql(table, from)),
    "BEGIN;\n",
    terminated("SET LOCAL client_min_messages = warning"),
    ...versionTableSql(table, ids).map(terminated),
    ...historyTableSql(table, "unknown").map(terminated),
    "COMMIT;\n",
  ];
}

/** Takes the lock without waiting for it inside a transaction, and compares the rows with those the script starts from. */
function guardSql(table: VersionTable, from: readonly string[]): string {
  const expected = `ARRAY[${from.map(quote).join(", ")}]::text[]`;
  const name = quote(tableSql(table));
  return `DO $limbeck$
DECLARE
  rows text[] := '{}';
BEGIN
  IF NOT pg_try_advisory_lock(hashtextextended(${quote(lockName(table))}, 0)) THEN
    RAISE EXCEPTION 'another migration of this database is running';
  END IF;
  IF to_regclass(${name}) IS NOT NULL THEN
    EXECUTE ${quote(`SELECT coalesce(array_agg(version_num::text ORDER BY version_num COLLATE "C"), '{}') FROM ${tableSql(table)}`)} INTO rows;
  END IF;
  IF rows <> ${expected} THEN
    RAISE EXCEPTION 'this script starts from %, and the database stands at %', ${expected}, rows;
  END IF;
END
$limbeck$`;
}

async function offlineStep({ table, arguments: given }: OfflineScript, offline: OfflineStep): Promise<string> {
  const { step, record, changes } = offline;
  const parts = [`-- Running ${step.direction} ${step.title}\n`, "BEGIN;\n"];
  for (const recorded of await recordStep(offline, given)) {
    for (const piece of await piecesOf(recorded)) {
      parts.push(
        piece.transactional ? terminated(piece.text) : `COMMIT;\n\n${terminated(piece.script ?? piece.text)}\nBEGIN;\n`,
      );
    }
  }
  parts.push(
    ...[...rowChangesSql(table, changes), doneSql(table, record, NO_GUARDS, "transaction")].map(terminated),
    "COMMIT;\n",
  );
  return parts.join("\n");
}

async function recordStep(offline: OfflineStep, given: Readonly<Record<string, string>>): Promise<Recorded[]> {
  const { source, path, step } = offline;
  const recorded: Recorded[] = [];
  const host: OperationsHost = {
    isOffline: true,
    arguments: given,
    record: (operation: Operation, call: Error) => {
      recorded.push({ operation, where: (line) => source.place(call, line) });
    },
    query: () => Promise.reject(needsDatabase(step, path)),
    connection: () => Promise.reject(needsDatabase(step, path)),
  };
  try {
    await source.run(operationsFor(host));
  } catch (error) {
    const reported = stepError({ step, error, sent: [], where: placeInFile(error, path) });
    throw reported.code === "REVISION_FAILED" ? withHint(reported, NOTHING_SENT) : reported;
  }
  return recorded;
}

function needsDatabase({ revision, direction }: StepInfo, file: string): LimbeckError {
  const error = new LimbeckError("OFFLINE_NEEDS_DATABASE", {
    message: `The ${direction} of ${revision} looks at the database, which --sql does not have.`,
    hint: "Write it without op.query and op.connection, or with `if (!op.isOffline)` around them; or run it online.",
    where: placeInFile(new Error("here"), file) ?? { file },
    details: { revision, direction },
  });
  return error;
}

/** A statement with its semicolon, on a line of its own when a comment would swallow it. */
function terminated(text: string): string {
  const lastLine = text.slice(text.lastIndexOf("\n") + 1);
  return `${text}${lastLine.includes("--") ? "\n" : ""};\n`;
}
