import { useLive } from "../../api/live.ts";
import type { Execution, Page } from "../../api/types.ts";
import { count, duration } from "../../model/format.ts";
import { Await, Empty, Panel, Table } from "../../parts/layout.tsx";
import { Status, stateOf } from "../../parts/status.tsx";
import { Code, Moment } from "../../parts/text.tsx";
import { address, type Place } from "../../router/router.ts";

/** A pipeline's executions, the latest first, a page at a time. */
export function RunsPanel({ pipeline, place: { query } }: { pipeline: number; place: Place }) {
  const cursor = query.get("before");
  const here = `/pipelines/${pipeline}`;
  const path = address("/pipeline_execution", { pipeline_id: pipeline, cursor, limit: 25 });
  const live = useLive<Page<Execution>>(path, 5_000, true);
  return (
    <Panel title="Executions" flush aside={cursor === null ? "the latest first" : "older ones"}>
      <Await live={live}>
        {({ data, next_cursor: next }) => (
          <>
            {data.length === 0 ? <Empty>It has not run yet.</Empty> : <List rows={data} />}
            <nav class="pager" aria-label="Pages of executions">
              {cursor !== null && <a href={here}>Latest</a>}
              {next !== null && <a href={address(here, { before: next })}>Older</a>}
            </nav>
          </>
        )}
      </Await>
    </Panel>
  );
}

function List({ rows }: { rows: readonly Execution[] }) {
  return (
    <Table
      caption="Executions"
      rows={rows}
      keyOf={({ id }) => id}
      columns={[
        { name: "Execution", kind: "main", cell: ({ id }) => <a href={`/executions/${id}`}>{id}</a> },
        { name: "State", cell: (row) => <ExecutionState {...row} /> },
        { name: "Started", cell: ({ start_date: at }) => <Moment at={at} /> },
        { name: "Took", kind: "number", cell: (row) => duration(row.duration_seconds) },
        { name: "Rows", kind: "number", cell: (row) => count(row.total_rows) },
        { name: "Inserts", kind: "number", cell: (row) => count(row.inserts) },
        { name: "Updates", kind: "number", cell: (row) => count(row.updates) },
        { name: "Watermark", cell: (row) => <Code text={row.watermark} most={28} /> },
      ]}
    />
  );
}

function ExecutionState({ completed_successfully: completed, anomaly_flags: flags }: Execution) {
  return (
    <>
      <Status state={stateOf(completed)} />
      {Object.values(flags ?? {}).includes(true) && <Status state="anomalous" word="anomaly" />}
    </>
  );
}
