import type { Alert } from "../../api/types.ts";
import { count, duration } from "../../model/format.ts";
import { Ago } from "../../parts/text.tsx";

interface Freshness {
  readonly last_change: string;
  readonly number: number;
  readonly datepart: string;
}

interface Timeliness {
  readonly seconds: number;
  readonly allowed_seconds: number;
}

interface Stray {
  readonly metric: string;
  readonly value: number;
  readonly lowest: number;
  readonly highest: number;
}

/** Why an alert is open, in a few words; the service's own sentence where there are no details to make some from. */
export function AlertReason({ alert: { kind, details, summary, pipeline_execution_id: execution } }: { alert: Alert }) {
  const link = execution === null ? null : <a href={`/executions/${execution}`}>execution {execution}</a>;
  if (typeof details !== "object" || details === null) return <>{summary}</>;
  if (kind === "freshness") {
    const { last_change: last, number, datepart } = details as Freshness;
    return (
      <>
        last change <Ago at={last} />, expected every {number} {datepart}
        {number === 1 ? "" : "s"}
      </>
    );
  }
  if (kind === "timeliness") {
    const { allowed_seconds: allowed } = details as Timeliness;
    return (
      <>
        {link} runs for more than {duration(allowed)}
      </>
    );
  }
  if (kind === "anomaly" && Array.isArray(details)) {
    const [stray, ...others] = details as readonly Stray[];
    if (stray === undefined) return <>{summary}</>;
    const say = stray.metric === "duration_seconds" ? duration : count;
    return (
      <>
        {link}: {stray.metric.replaceAll("_", " ").replace(" seconds", "")} {say(stray.value)}, expected{" "}
        {say(stray.lowest)} to {say(stray.highest)}
        {others.length > 0 && `, and ${others.length} more`}
      </>
    );
  }
  return <>{summary}</>;
}
