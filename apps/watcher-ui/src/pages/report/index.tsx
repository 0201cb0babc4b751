import { useLive } from "../../api/live.ts";
import type { DayTotal, Report, ReportRow } from "../../api/types.ts";
import { compact, count, duration, percent, plural } from "../../model/format.ts";
import { day } from "../../model/moments.ts";
import { Bars } from "../../parts/bars.tsx";
import { Await, Empty, Heading, Panel, Table } from "../../parts/layout.tsx";
import { Name } from "../../parts/text.tsx";
import { address, navigate, type Place } from "../../router/router.ts";

const here = "/reporting";

/** What each pipeline did on each of the last days. */
export function ReportPage({ query }: Place) {
  const filter = {
    days: query.get("days") ?? "30",
    pipeline_type_name: query.get("type") ?? "",
    pipeline_name: query.get("pipeline") ?? "",
  };
  const page = Number(query.get("page") ?? 1);
  const report = useLive<Report>(
    address("/reporting/daily-pipeline-metrics", { ...filter, page, page_size: 50 }),
    60_000,
    true,
  );
  const totals = useLive<readonly DayTotal[]>(address("/reporting/daily-totals", filter), 60_000, true);
  const types = useLive<{ pipeline_type_names: readonly string[] }>("/reporting/pipeline-type-names", 300_000);
  const link = (change: object) =>
    address(here, { days: filter.days, type: filter.pipeline_type_name, pipeline: filter.pipeline_name, ...change });
  return (
    <>
      <Heading title="Daily report">
        <p>Whole days in UTC, up to yesterday.</p>
      </Heading>
      <div class="filters">
        <label>
          <span>Days</span>
          <select
            value={filter.days}
            onChange={(event) => navigate(link({ days: event.currentTarget.value }), "replace")}
          >
            {["1", "7", "14", "30"].map((days) => (
              <option key={days} value={days}>
                {days === "1" ? "yesterday" : `last ${days}`}
              </option>
            ))}
          </select>
        </label>
        <label>
          <span>Type</span>
          <select
            value={filter.pipeline_type_name}
            onChange={(event) => navigate(link({ type: event.currentTarget.value, pipeline: null }), "replace")}
          >
            <option value="">all</option>
            {(types.data?.pipeline_type_names ?? []).map((name) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </select>
        </label>
        {filter.pipeline_name !== "" && (
          <a class="button" href={link({ pipeline: null })}>
            Only <Name text={filter.pipeline_name} most={30} /> <span aria-hidden="true">✕</span>
            <span class="unseen">show all pipelines</span>
          </a>
        )}
      </div>
      <Await live={totals}>{(days) => <Totals days={days} />}</Await>
      <Panel
        title="Pipelines by day"
        id="by-day"
        flush
        aside={report.data && plural(report.data.pagination.total_records, "row")}
      >
        <Await live={report}>
          {({ data, pagination: { has_prev: hasPrevious, has_next: hasNext, total_pages: pages } }) => (
            <>
              {data.length === 0 ? (
                <Empty title="No report for this">
                  It is made once an hour from the executions of the days before.
                </Empty>
              ) : (
                <Rows rows={data} link={link} />
              )}
              <nav class="pager" aria-label="Pages of the report">
                {hasPrevious && <a href={link({ page: page - 1 })}>Newer days</a>}
                {pages > 1 && (
                  <span>
                    page {count(page)} of {count(pages)}
                  </span>
                )}
                {hasNext && <a href={link({ page: page + 1 })}>Older days</a>}
              </nav>
            </>
          )}
        </Await>
      </Panel>
    </>
  );
}

function Totals({ days }: { days: readonly DayTotal[] }) {
  if (days.length === 0) return null;
  const sum = (field: "total_executions" | "failed_executions" | "daily_total_rows") =>
    days.reduce((total, each) => total + each[field], 0);
  const [total, failed, rows] = [sum("total_executions"), sum("failed_executions"), sum("daily_total_rows")];
  const every = Math.ceil(days.length / 8);
  return (
    <>
      <dl class="tiles">
        <div>
          <dt>Executions</dt>
          <dd>{count(total)}</dd>
        </div>
        <div class={failed > 0 ? "bad" : ""}>
          <dt>Failed</dt>
          <dd>
            {count(failed)} <small>{percent(total === 0 ? 0 : (failed / total) * 100)}</small>
          </dd>
        </div>
        <div>
          <dt>Rows</dt>
          <dd>{compact(rows)}</dd>
        </div>
      </dl>
      <Panel title="Executions a day" id="a-day">
        <Bars
          label={`${plural(total, "execution")} in ${plural(days.length, "day")}, ${failed} failed`}
          bars={days.map(({ date_recorded: date, total_executions: all, failed_executions: bad }, index) => ({
            name: day(date),
            good: all - bad,
            bad,
            ...((days.length - 1 - index) % every === 0 && { tick: day(date).split(" ").slice(1).join(" ") }),
          }))}
        />
      </Panel>
    </>
  );
}

function Rows({ rows, link }: { rows: readonly ReportRow[]; link: (change: object) => string }) {
  return (
    <Table
      caption="What each pipeline did on each day"
      rows={rows}
      keyOf={(row) => `${row.date_recorded} ${row.pipeline_name}`}
      columns={[
        { name: "Day", cell: (row) => <time dateTime={row.date_recorded}>{day(row.date_recorded)}</time> },
        {
          name: "Pipeline",
          kind: "main",
          cell: (row) => <Name text={row.pipeline_name} href={link({ pipeline: row.pipeline_name })} />,
        },
        { name: "Type", kind: "quiet", cell: (row) => <Name text={row.pipeline_type_name} most={24} /> },
        { name: "Runs", kind: "number", cell: (row) => count(row.total_executions) },
        { name: "Failed", kind: "number", cell: (row) => <ErrorRate row={row} /> },
        { name: "Inserts", kind: "number", cell: (row) => count(row.daily_inserts) },
        { name: "Updates", kind: "number", cell: (row) => count(row.daily_updates) },
        { name: "Deletes", kind: "number", cell: (row) => count(row.daily_soft_deletes) },
        { name: "Rows", kind: "number", cell: (row) => count(row.daily_total_rows) },
        { name: "On average", kind: "number", cell: (row) => duration(row.avg_duration_seconds) },
        { name: "Rows/s", kind: "number", cell: (row) => count(row.daily_throughput) },
      ]}
    />
  );
}

function ErrorRate({ row: { failed_executions: failed, error_percentage: share } }: { row: ReportRow }) {
  if (failed === 0) return <span class="quiet">0</span>;
  return (
    <span class={share > 10 ? "bad" : "warn"}>
      {count(failed)} ({percent(share)})
    </span>
  );
}
