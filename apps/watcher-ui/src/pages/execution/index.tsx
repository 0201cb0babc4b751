import { useLive, useNow } from "../../api/live.ts";
import type { Anomaly, Execution, ExecutionTree, Page, TreeExecution } from "../../api/types.ts";
import { count, duration, plural } from "../../model/format.ts";
import { secondsSince } from "../../model/moments.ts";
import { treeRows } from "../../model/tree.ts";
import { Await, Empty, Facts, Heading, Panel, Table } from "../../parts/layout.tsx";
import { Status, stateOf } from "../../parts/status.tsx";
import { Code, Moment, Name } from "../../parts/text.tsx";

/** One execution: how it went, what was strange about it, and the family that it belongs to. */
export function ExecutionPage({ id }: { id: string }) {
  const live = useLive<Execution>(`/pipeline_execution/${id}`, 5_000);
  const tree = useLive<ExecutionTree>(`/pipeline_execution/${id}/tree`, 5_000);
  const name = tree.data?.executions.find((each) => String(each.id) === id)?.pipeline_name;
  return (
    <Await live={live}>
      {(execution) => (
        <>
          <Heading
            title={`Execution ${id}`}
            above={name !== undefined && <Name text={name} href={`/pipelines/${execution.pipeline_id}`} />}
          >
            <p>
              <Status state={stateOf(execution.completed_successfully)} />
            </p>
          </Heading>
          <Details execution={execution} />
          {Object.values(execution.anomaly_flags ?? {}).includes(true) && <Anomalies id={id} />}
          <Panel title="Family" flush aside={tree.data && familySize(tree.data)}>
            <Await live={tree}>
              {(family) =>
                family.executions.length === 1 ? (
                  <Empty>Nothing started it, and it has started nothing.</Empty>
                ) : (
                  <Family tree={family} id={execution.id} />
                )
              }
            </Await>
          </Panel>
          {execution.execution_metadata !== null && (
            <Panel title="Metadata">
              <pre tabIndex={0} aria-label="Metadata">
                {JSON.stringify(execution.execution_metadata, null, 2)}
              </pre>
            </Panel>
          )}
        </>
      )}
    </Await>
  );
}

function Details({ execution }: { execution: Execution }) {
  const now = useNow(1_000);
  const { start_date: start, end_date: end, throughput } = execution;
  return (
    <Facts
      facts={[
        ["Started", <Moment at={start} />],
        ["Ended", end === null ? "not yet" : <Moment at={end} />],
        ["Took", end === null ? `${duration(secondsSince(start, now))} so far` : duration(execution.duration_seconds)],
        ["Rows", count(execution.total_rows)],
        ["Inserts", count(execution.inserts)],
        ["Updates", count(execution.updates)],
        ["Soft deletes", count(execution.soft_deletes)],
        ["Rows a second", count(throughput)],
        ["Watermark", <Code text={execution.watermark} most={50} />],
        ["Next watermark", <Code text={execution.next_watermark} most={50} />],
      ]}
    />
  );
}

function Anomalies({ id }: { id: string }) {
  const live = useLive<Page<Anomaly>>(`/anomaly_detection_result?pipeline_execution_id=${id}`, 30_000);
  return (
    <Panel title="Anomalies" flush>
      <Await live={live}>
        {({ data }) => (
          <Table
            caption="What was not as expected"
            rows={data}
            keyOf={(row) => row.rule_id}
            columns={[
              { name: "Metric", kind: "main", cell: (row) => row.metric_field.replaceAll("_", " ") },
              { name: "Was", kind: "number", cell: (row) => count(row.violation_value) },
              { name: "Expected from", kind: "number", cell: (row) => count(row.threshold_min_value) },
              { name: "to", kind: "number", cell: (row) => count(row.threshold_max_value) },
              { name: "Deviations off", kind: "number", cell: (row) => count(row.z_score) },
            ]}
          />
        )}
      </Await>
    </Panel>
  );
}

function familySize({ executions, truncated }: ExecutionTree): string {
  return truncated ? `the first ${executions.length} executions` : plural(executions.length, "execution");
}

const barWidth = 260;

/** Who started whom, and when each ran: a bar each on one line of time. */
function Family({ tree: { executions, root }, id }: { tree: ExecutionTree; id: number }) {
  const isRunning = executions.some(({ end_date: end }) => end === null);
  const tick = useNow(isRunning ? 2_000 : 60_000);
  const rows = treeRows(executions, root, tick);
  return (
    <Table
      caption="The executions of the family, each below the one that started it"
      rows={rows}
      keyOf={({ node }) => node.id}
      columns={[
        {
          name: "Pipeline",
          kind: "main",
          cell: ({ node, depth }) => (
            <span class={`branch depth-${Math.min(depth, 8)}`}>
              {depth > 0 && <span class="unseen">level {depth + 1}: </span>}
              <Name text={node.pipeline_name} href={`/pipelines/${node.pipeline_id}`} />
            </span>
          ),
        },
        {
          name: "Execution",
          cell: ({ node }) =>
            node.id === id ? (
              <strong aria-current="page">{node.id}</strong>
            ) : (
              <a href={`/executions/${node.id}`}>{node.id}</a>
            ),
        },
        { name: "State", cell: ({ node }) => <FamilyState node={node} /> },
        {
          name: "When",
          cell: ({ node, from, share }) => (
            <svg
              class="span"
              width={barWidth}
              height="14"
              role="img"
              aria-label={`began after ${duration(spanSeconds(executions, from, tick))}`}
            >
              <rect class="track" width={barWidth} y="6" height="2" rx="1" />
              <rect
                class={stateOf(node.completed_successfully)}
                x={Math.min(barWidth - 3, from * barWidth)}
                width={Math.max(3, share * barWidth)}
                height="14"
                rx="3"
              />
            </svg>
          ),
        },
        {
          name: "Took",
          kind: "number",
          cell: ({ node }) => duration(node.duration_seconds ?? secondsSince(node.start_date, tick)),
        },
        { name: "Rows", kind: "number", cell: ({ node }) => count(node.total_rows) },
      ]}
    />
  );
}

function FamilyState({ node: { completed_successfully: completed, anomalous } }: { node: TreeExecution }) {
  return (
    <>
      <Status state={stateOf(completed)} />
      {anomalous && <Status state="anomalous" word="anomaly" />}
    </>
  );
}

function spanSeconds(executions: readonly TreeExecution[], share: number, now: number): number {
  const first = Math.min(...executions.map(({ start_date: start }) => Date.parse(start)));
  const last = Math.max(...executions.map(({ end_date: end }) => (end === null ? now : Date.parse(end))));
  return ((last - first) * share) / 1_000;
}
