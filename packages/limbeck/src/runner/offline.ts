import { quote } from "../operations/language/literals.ts";
import { rowDifference } from "../revisions/rows.ts";
import { abandonedSql, declaredSql, historyTableSql, unfinishedNamesSql, type StepRecord } from "./history.ts";
import { HISTORY_TABLE } from "./history-table.ts";
import { lockName } from "./lock-name.ts";
import { OfflineWriter, terminated } from "./offline-writer.ts";
import type { OfflineStep } from "./offline-steps.ts";
import { notTransactional } from "./step-error.ts";
import { rowChangesSql, tableSql, versionTableSql, type VersionTable } from "./version-table.ts";

export interface OfflineScript {
  readonly table: VersionTable;
  /** limbeck's own version, for the comment at the top. */
  readonly version: string;
  /** The rows that the script expects to find, sorted. */
  readonly from: readonly string[];
  readonly steps: readonly OfflineStep[];
  /** Whether each step, or the whole script, is one transaction. */
  readonly transaction: "step" | "all";
}

/**
 * The run as a script for psql: it stops at the first error, takes the runner's lock, refuses a database that does
 * not stand where the script begins, and leaves the same tables and rows as a run. Throws NOT_TRANSACTIONAL.
 */
export function offlineScript(script: OfflineScript): string {
  const { table, steps, transaction } = script;
  const ids = steps.map(({ step }) => step.revision);
  const written = groups(steps, transaction).map((group) => {
    const writer = new OfflineWriter(table, group.length > 1);
    for (const step of group) {
      const title = `Running ${step.step.direction} ${step.step.title}`;
      writer.step({ ...step, title, isEachAlone: step.settings.transaction === "none" }, step === group.at(-1));
    }
    return writer.text;
  });
  return [...preamble(script, ids), ...written].join("\n");
}

/** The steps by transaction. One that wants a transaction of its own, or none, ends that of the others. */
function groups(steps: readonly OfflineStep[], transaction: "step" | "all"): OfflineStep[][] {
  const all: OfflineStep[][] = [];
  let shared: OfflineStep[] | undefined;
  for (const step of steps) {
    if (transaction === "step" || step.settings.transaction !== undefined) {
      shared = undefined;
      all.push([step]);
      continue;
    }
    const alone = step.pieces.find(({ transactional }) => !transactional);
    if (alone !== undefined) throw notTransactional(step.step, alone);
    if (shared === undefined) all.push((shared = []));
    shared.push(step);
  }
  return all;
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
  return [...preamble(script, to, "stamp"), ...["BEGIN", ...changes, "COMMIT"].map(terminated)].join("\n");
}

/** Settings of a role, a database or a machine, which are meant for the application, are not the script's. */
const SETTINGS = ["client_encoding = 'UTF8'", "lock_timeout = 0", "statement_timeout = 0"].map((text) => `SET ${text}`);

function preamble(
  { table, version, from }: Pick<OfflineScript, "table" | "version" | "from">,
  ids: readonly string[],
  purpose: "run" | "stamp" = "run",
): string[] {
  return [
    `-- limbeck ${version}, for psql\n\\set ON_ERROR_STOP on\n`,
    ...SETTINGS.map(terminated),
    terminated(guardSql(table, from, purpose)),
    "BEGIN;\n",
    terminated("SET LOCAL client_min_messages = warning"),
    ...versionTableSql(table, ids).map(terminated),
    ...historyTableSql(table, "unknown").map(terminated),
    "COMMIT;\n",
  ];
}

/**
 * Takes the lock without waiting for it inside a transaction, and compares the rows with those the script starts from.
 * A step that is half done is ended by a run, which knows where to go on; a stamp may say what became of it.
 */
function guardSql(table: VersionTable, from: readonly string[], purpose: "run" | "stamp"): string {
  const expected = `ARRAY[${from.map(quote).join(", ")}]::text[]`;
  const rows = `SELECT coalesce(array_agg(version_num::text ORDER BY version_num COLLATE "C"), '{}') FROM ${tableSql(table)}`;
  const history = tableSql({ ...table, name: HISTORY_TABLE });
  const halfDone = `
  IF to_regclass(${quote(history)}) IS NOT NULL THEN
    EXECUTE ${quote(unfinishedNamesSql(table))} INTO half_done;
  END IF;
  IF half_done IS NOT NULL THEN
    RAISE EXCEPTION 'the % was cut off half-way', half_done USING HINT = 'End it first, with limbeck and no --sql.';
  END IF;`;
  return `DO $limbeck$
DECLARE
  rows text[] := '{}';
  half_done text;
BEGIN
  IF NOT pg_try_advisory_lock(hashtextextended(${quote(lockName(table))}, 0)) THEN
    RAISE EXCEPTION 'another migration of this database is running';
  END IF;
  IF to_regclass(${quote(tableSql(table))}) IS NOT NULL THEN
    EXECUTE ${quote(rows)} INTO rows;
  END IF;
  IF rows <> ${expected} THEN
    RAISE EXCEPTION 'this script starts from %, and the database stands at %', ${expected}, rows;
  END IF;${purpose === "run" ? halfDone : ""}
END
$limbeck$`;
}
