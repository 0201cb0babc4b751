/** The name of limbeck's own record of the steps that were run. It stands in the version table's schema. */
export const HISTORY_TABLE = "limbeck_history";

/**
 * Its columns. What a table of an older limbeck lacks is added to it by the first write, so a new column takes null;
 * none is ever renamed or dropped: an older limbeck beside this one still writes what it knows.
 */
export const HISTORY_COLUMNS = {
  id: "bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY",
  revision: "text NOT NULL",
  direction: "text NOT NULL",
  status: "text NOT NULL",
  started_at: "timestamptz NOT NULL",
  duration_ms: "double precision",
  checksum: "text",
  who: "text",
  host: "text",
  version: "text",
  application_version: "text",
  error: "text",
  progress_done: "integer",
  progress_fingerprint: "text",
  progress_backfill: "jsonb",
  progress_before: "jsonb",
} as const satisfies Readonly<Record<string, string>>;
