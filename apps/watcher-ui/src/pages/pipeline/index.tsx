import { useLive } from "../../api/live.ts";
import type { Lineage, Pipeline, PipelineType } from "../../api/types.ts";
import { around, graphOf } from "../../model/lineage.ts";
import { Await, Facts, Heading, Panel } from "../../parts/layout.tsx";
import { LineageGraph } from "../../parts/lineage/graph.tsx";
import { Status } from "../../parts/status.tsx";
import { Ago, Code, Name } from "../../parts/text.tsx";
import { address, type Place } from "../../router/router.ts";
import { HistoryPanel } from "./history.tsx";
import { RunsPanel } from "./runs.tsx";

/** One pipeline: how it has been doing, what it reads and writes, and each of its executions. */
export function PipelinePage({ id, place }: { id: string; place: Place }) {
  const live = useLive<Pipeline>(`/pipeline/${id}`, 10_000);
  return <Await live={live}>{(pipeline) => <Known pipeline={pipeline} place={place} />}</Await>;
}

function Known({ pipeline, place }: { pipeline: Pipeline; place: Place }) {
  const { id, name, active } = pipeline;
  const type = useLive<PipelineType>(`/pipeline_type/${pipeline.pipeline_type_id}`, 60_000);
  const lineage = useLive<Lineage>(`/pipeline/${id}/lineage`, 30_000);
  return (
    <>
      <Heading title={<Name text={name} most={150} />} plain={name} above={<a href="/pipelines">Pipelines</a>}>
        <p>
          {type.data !== undefined && <Name text={type.data.name} />} · id {id}{" "}
          {!active && <Status state="idle" word="inactive" />}
        </p>
      </Heading>
      <Facts
        facts={[
          ["Watermark", <Code text={pipeline.watermark} most={50} />],
          ["Next watermark", <Code text={pipeline.next_watermark} most={50} />],
          ["Last insert", <Ago at={pipeline.last_target_insert} />],
          ["Last update", <Ago at={pipeline.last_target_update} />],
          ["Last soft delete", <Ago at={pipeline.last_target_soft_delete} />],
          ["Fresh within", limit(pipeline, type.data, "freshness")],
          ["Done within", limit(pipeline, type.data, "timeliness")],
        ]}
      />
      <HistoryPanel pipeline={id} metric="duration_seconds" title="Duration" />
      <HistoryPanel pipeline={id} metric="total_rows" title="Rows" />
      <Panel title="Lineage" aside={<a href={address("/lineage-graph", { pipeline: id })}>open</a>} flush>
        <Await live={lineage}>
          {({ nodes, edges }) => (
            <LineageGraph graph={around(graphOf(nodes, edges), `p${id}`, "both", Infinity)} center={`p${id}`} />
          )}
        </Await>
      </Panel>
      <RunsPanel pipeline={id} place={place} />
      {pipeline.pipeline_metadata !== null && (
        <Panel title="Metadata">
          <pre tabIndex={0} aria-label="Metadata">
            {JSON.stringify(pipeline.pipeline_metadata, null, 2)}
          </pre>
        </Panel>
      )}
    </>
  );
}

/** The pipeline's own limit, or its type's. */
function limit(pipeline: Pipeline, type: PipelineType | undefined, kind: "freshness" | "timeliness"): string {
  if (pipeline[`mute_${kind}_check`]) return "muted";
  for (const from of [pipeline, type]) {
    const [number, part] = [from?.[`${kind}_number`], from?.[`${kind}_datepart`]];
    if (typeof number === "number" && typeof part === "string") {
      return `${number} ${part}${number === 1 ? "" : "s"}${from === type ? " (its type's)" : ""}`;
    }
  }
  return "no limit";
}
