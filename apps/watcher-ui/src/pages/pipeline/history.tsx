import { useLive } from "../../api/live.ts";
import type { History } from "../../api/types.ts";
import { compact, duration, plural } from "../../model/format.ts";
import { durationTicks, ticks } from "../../model/scale.ts";
import { Chart } from "../../parts/chart.tsx";
import { Await, Empty, Panel } from "../../parts/layout.tsx";
import { stateOf } from "../../parts/status.tsx";
import { address, navigate } from "../../router/router.ts";

interface HistoryProps {
  readonly pipeline: number;
  readonly metric: "duration_seconds" | "total_rows";
  readonly title: string;
}

/** A metric over the latest executions, with the band in which its anomaly rule expects it. */
export function HistoryPanel({ pipeline, metric, title }: HistoryProps) {
  const live = useLive<History>(address(`/pipeline/${pipeline}/history`, { metric, limit: 200 }), 10_000);
  const seconds = metric === "duration_seconds";
  return (
    <Panel title={title} id={metric} aside={live.data && <Legend history={live.data} />}>
      <Await live={live}>
        {({ data }) =>
          data.some(({ value }) => value !== null) ? (
            <Chart
              title={title}
              points={data.map(({ start_date: at, completed_successfully: completed, ...point }) => ({
                ...point,
                at: Date.parse(at),
                state: stateOf(completed) as "succeeded" | "failed" | "running",
              }))}
              format={seconds ? duration : compact}
              ticks={seconds ? durationTicks : ticks}
              onOpen={(id) => navigate(`/executions/${id}`)}
            />
          ) : (
            <Empty>Nothing has been measured yet.</Empty>
          )
        }
      </Await>
    </Panel>
  );
}

function Legend({ history: { rule, data } }: { history: History }) {
  if (rule === null) return <>no anomaly rule</>;
  const banded = data.some(({ highest }) => highest !== null);
  const anomalies = data.filter(({ anomalous }) => anomalous).length;
  return (
    <span class="legend">
      {banded ? (
        <>
          <svg width="16" height="10" aria-hidden="true">
            <rect class="band" width="16" height="10" rx="2" />
          </svg>
          expected, ±{rule.z_threshold}σ of {rule.lookback_days} days at the same hour
        </>
      ) : (
        <>limits from {plural(rule.minimum_executions, "execution")} of an hour on</>
      )}
      {anomalies > 0 && ` · ${plural(anomalies, "anomaly", "anomalies")}`}
    </span>
  );
}
