import type { Queries } from "../store/database.ts";
import { listJson, type JsonText } from "./json-rows.ts";
import { conditions } from "./pages.ts";

export interface DailyReportFilter {
  /** From 1. */
  readonly page: number;
  readonly page_size: number;
  readonly pipeline_name?: string;
  readonly pipeline_type_name?: string;
  /** How many days to go back from today, which is not in the report itself. */
  readonly days: number;
}

/** A page of the daily report, the newest day first: what each pipeline did on each day. */
export async function getDailyReport(database: Queries, filter: DailyReportFilter): Promise<JsonText> {
  const { page, page_size: size } = filter;
  const { where, values } = reportConditions(filter);
  const [report] = await database.query<{ total: number; data: JsonText }>(
    `SELECT (${totalSql(where, filter)}) AS total, (
      SELECT coalesce(json_agg(row), '[]') FROM (
        SELECT date_recorded::text AS date_recorded, pipeline_name, pipeline_type_name, total_executions,
          failed_executions, error_percentage::float8, daily_inserts, daily_updates, daily_soft_deletes,
          daily_total_rows, avg_duration_seconds::float8, coalesce(daily_throughput, 0)::float8 AS daily_throughput
        FROM daily_pipeline_report ${where}
        ORDER BY daily_pipeline_report.date_recorded DESC, pipeline_name
        LIMIT $${values.length + 1}::integer OFFSET $${values.length + 2}::bigint
      ) AS row
    ) AS data`,
    [...values, size, (page - 1) * size],
  );
  const total = report?.total ?? 0;
  const pages = Math.ceil(total / size);
  const pagination = {
    page,
    page_size: size,
    total_records: total,
    total_pages: pages,
    has_next: page < pages,
    has_prev: page > 1,
  };
  return `{"data":${report?.data ?? "[]"},"pagination":${JSON.stringify(pagination)}}`;
}

const today = "(now() AT TIME ZONE 'UTC')::date";

/** Each row knows how many its day has, so that nobody counts them: one row of each day says it. */
function totalSql(where: string, { pipeline_name: name, pipeline_type_name: type }: DailyReportFilter): string {
  if (name !== undefined) return `SELECT count(*) FROM daily_pipeline_report ${where}`;
  const ofType = type === undefined ? "" : "AND pipeline_type_name = $2";
  return `
    SELECT coalesce(sum(rows), 0)::bigint FROM generate_series(1, $1::integer) AS ago CROSS JOIN LATERAL (
      SELECT ${type === undefined ? "rows_of_day" : "rows_of_type"} AS rows FROM daily_pipeline_report
      -- The order makes an index the way to the row: rows of a day stand together, and others would be read before them.
      WHERE date_recorded = ${today} - ago ${ofType} ORDER BY pipeline_name LIMIT 1
    ) AS day`;
}

/** What all pipelines did on each day of the report, the oldest first. */
export function listDailyTotals(
  database: Queries,
  filter: Omit<DailyReportFilter, "page" | "page_size">,
): Promise<JsonText> {
  const { where, values } = reportConditions(filter);
  return listJson(
    database,
    `SELECT date_recorded::text AS date_recorded, sum(total_executions)::bigint AS total_executions,
      sum(failed_executions)::bigint AS failed_executions, sum(daily_total_rows) AS daily_total_rows
    FROM daily_pipeline_report ${where} GROUP BY daily_pipeline_report.date_recorded ORDER BY 1`,
    values,
  );
}

function reportConditions(filter: Omit<DailyReportFilter, "page" | "page_size">) {
  return conditions([
    [`date_recorded >= ${today} - ?::integer`, filter.days],
    ["pipeline_name = ?", filter.pipeline_name],
    ["pipeline_type_name = ?", filter.pipeline_type_name],
  ]);
}

/** The names that the report can be asked for. */
export async function listReportNames(
  database: Queries,
  column: "pipeline_name" | "pipeline_type_name",
  typeName?: string,
): Promise<readonly string[]> {
  const { where, values } = conditions([["pipeline_type_name = ?", typeName]]);
  const rows = await database.query<{ name: string }>(
    `SELECT DISTINCT ${column} AS name FROM daily_pipeline_report ${where} ORDER BY name`,
    values,
  );
  return rows.map(({ name }) => name);
}

/** Brings the report up to date, while others go on reading what it was. */
export async function refreshReport(database: Queries): Promise<void> {
  await database.query("REFRESH MATERIALIZED VIEW CONCURRENTLY daily_pipeline_report");
}
