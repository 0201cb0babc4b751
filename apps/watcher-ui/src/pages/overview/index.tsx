import { useLive, useNow } from "../../api/live.ts";
import type { Activity, Alert, FailedExecution, Overview, RunningExecution } from "../../api/types.ts";
import { compact, count, duration, plural } from "../../model/format.ts";
import { hour, secondsSince } from "../../model/moments.ts";
import { Bars } from "../../parts/bars.tsx";
import { Await, Empty, Heading, Panel, Table, type Column } from "../../parts/layout.tsx";
import { Status } from "../../parts/status.tsx";
import { Ago, Name } from "../../parts/text.tsx";
import { AlertReason } from "./reason.tsx";

/** What failed, what is late, what is running. */
export function OverviewPage() {
  const live = useLive<Overview>("/overview", 5_000);
  const activity = useLive<Activity>("/overview/activity", 30_000);
  return (
    <>
      <Heading title="Overview">{live.data !== undefined && <Summary overview={live.data} />}</Heading>
      <Await live={live}>
        {(overview) =>
          overview.pipelines === 0 ? (
            <Welcome />
          ) : (
            <>
              <Tiles overview={overview} />
              <Await live={activity}>{(hours) => <Day activity={hours} />}</Await>
              <Panel title="Late" flush aside={<a href="/pipelines">all pipelines</a>}>
                <Late alerts={overview.late} />
              </Panel>
              <Panel title="Failed in the last 24 hours" id="failed" flush>
                <Failed failed={overview.failed} total={overview.failed_count} />
              </Panel>
              <Panel title="Running" flush>
                <Running running={overview.running} total={overview.running_count} />
              </Panel>
              {overview.anomalies.length > 0 && (
                <Panel title="Anomalies" flush>
                  <Late alerts={overview.anomalies} />
                </Panel>
              )}
            </>
          )
        }
      </Await>
    </>
  );
}

function Summary({ overview: { late, failed, running_count: running } }: { overview: Overview }) {
  const broken = failed.filter(({ recovered }) => !recovered).length;
  const troubles = [
    broken > 0 && `${plural(broken, "pipeline run")} failed and nothing has succeeded since`,
    late.length > 0 && `${plural(late.length, "thing")} ${late.length === 1 ? "is" : "are"} late`,
  ].filter((text) => text !== false);
  const text = troubles.length === 0 ? "Nothing needs you." : `${troubles.join("; ")}.`;
  return (
    <p aria-live="polite">
      {text} {running > 0 && `${plural(running, "execution")} ${running === 1 ? "is" : "are"} running.`}
    </p>
  );
}

function Tiles({ overview }: { overview: Overview }) {
  const { alert_counts: alerts } = overview;
  const late = (alerts["freshness"] ?? 0) + (alerts["timeliness"] ?? 0);
  const tiles = [
    { name: "Failed, 24 h", value: overview.failed_count, kind: overview.failed_count > 0 ? "bad" : "" },
    { name: "Late", value: late, kind: late > 0 ? "warn" : "" },
    { name: "Running", value: overview.running_count, kind: "" },
    { name: "Anomalies", value: alerts["anomaly"] ?? 0, kind: (alerts["anomaly"] ?? 0) > 0 ? "warn" : "" },
    { name: "Pipelines", value: overview.pipelines, kind: "" },
  ];
  return (
    <dl class="tiles">
      {tiles.map(({ name, value, kind }) => (
        <div key={name} class={kind}>
          <dt>{name}</dt>
          <dd>{count(value)}</dd>
        </div>
      ))}
    </dl>
  );
}

function Day({ activity: { hours } }: { activity: Activity }) {
  const sum = (part: "succeeded" | "failed" | "running") => hours.reduce((total, each) => total + each[part], 0);
  const total = sum("succeeded") + sum("failed") + sum("running");
  const label = `${plural(total, "execution")} started in the last 24 hours, ${sum("failed")} failed`;
  const bars = hours.map(({ hour: at, succeeded, failed, running }, index) => {
    const tick = index % 4 === 3 ? { tick: hour(at) } : {};
    return { name: hour(at), good: succeeded, bad: failed, open: running, ...tick };
  });
  return (
    <Panel title="Last 24 hours" aside={plural(total, "execution")}>
      <Bars bars={bars} label={label} />
    </Panel>
  );
}

function Late({ alerts }: { alerts: readonly Alert[] }) {
  if (alerts.length === 0) return <Empty>Everything is on time.</Empty>;
  return (
    <Table
      caption="Open alerts"
      rows={alerts}
      keyOf={({ id }) => id}
      columns={[
        {
          name: "Pipeline",
          kind: "main",
          cell: (alert) =>
            alert.pipeline_id === null ? (
              "The queue"
            ) : (
              <Name text={alert.pipeline_name} href={`/pipelines/${alert.pipeline_id}`} />
            ),
        },
        {
          name: "State",
          cell: ({ kind }) => <Status state={kind === "anomaly" ? "anomalous" : "late"} word={words[kind]} />,
        },
        { name: "Why", cell: (alert) => <AlertReason alert={alert} /> },
        { name: "Since", kind: "number", cell: ({ opened_at: at }) => <Ago at={at} /> },
      ]}
    />
  );
}

const words = { freshness: "out of date", timeliness: "takes too long", anomaly: "anomaly", queue: "queue" } as const;

/** Which execution a row is about, and whose it is. */
const which: readonly Column<FailedExecution | RunningExecution>[] = [
  {
    name: "Pipeline",
    kind: "main",
    cell: (row) => <Name text={row.pipeline_name} href={`/pipelines/${row.pipeline_id}`} />,
  },
  { name: "Execution", cell: ({ id }) => <a href={`/executions/${id}`}>{id}</a> },
];

function Failed({ failed, total }: { failed: readonly FailedExecution[]; total: number }) {
  if (failed.length === 0) return <Empty>Nothing failed.</Empty>;
  return (
    <>
      <Table
        caption="Failed executions"
        rows={failed}
        keyOf={({ id }) => id}
        columns={[
          ...which,
          {
            name: "Since then",
            cell: ({ recovered }) =>
              recovered ? (
                <Status state="succeeded" word="has succeeded" />
              ) : (
                <Status state="failed" word="no success" />
              ),
          },
          { name: "Ran", kind: "number", cell: (row) => duration(row.duration_seconds) },
          { name: "Ended", kind: "number", cell: (row) => <Ago at={row.end_date} /> },
        ]}
      />
      <More shown={failed.length} total={total} />
    </>
  );
}

function Running({ running, total }: { running: readonly RunningExecution[]; total: number }) {
  const now = useNow(1_000);
  if (running.length === 0) return <Empty>Nothing runs at the moment.</Empty>;
  return (
    <>
      <Table
        caption="Running executions"
        rows={running}
        keyOf={({ id }) => id}
        columns={[
          ...which,
          { name: "Progress", cell: (row) => <Progress {...row} now={now} /> },
          { name: "For", kind: "number", cell: (row) => duration(secondsSince(row.start_date, now)) },
          { name: "Usually", kind: "number", cell: (row) => duration(row.usual_seconds) },
        ]}
      />
      <More shown={running.length} total={total} />
    </>
  );
}

/** How far it should be, by how long it usually takes. */
function Progress({ start_date: start, usual_seconds: usual, now }: RunningExecution & { now: number }) {
  if (usual === null || usual <= 0) return <span class="quiet">not known</span>;
  const share = secondsSince(start, now) / usual;
  const text = share > 2 ? `${compact(Math.round(share))} × the usual` : `${Math.round(share * 100)} %`;
  return (
    <span class="progress">
      <svg width="96" height="8" aria-hidden="true">
        <rect class="track" width="96" height="8" rx="4" />
        <rect class={share > 1.5 ? "over" : "done"} width={Math.max(4, Math.min(1, share) * 96)} height="8" rx="4" />
      </svg>
      {text}
    </span>
  );
}

function More({ shown, total }: { shown: number; total: number }) {
  return total > shown ? (
    <p class="more">
      The newest {shown} of {count(total)}.
    </p>
  ) : null;
}

function Welcome() {
  return (
    <Empty title="No pipelines yet">
      A pipeline appears here when it first reports to <code>POST /pipeline</code>.{" "}
      <a href="/docs" target="_blank" rel="noopener">
        The API
      </a>{" "}
      says how; <code>npx watcher demo</code> fills in a month that is made up.
    </Empty>
  );
}
