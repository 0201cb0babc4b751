import { useState } from "preact/hooks";
import { useLive } from "../../api/live.ts";
import type { Lineage } from "../../api/types.ts";
import { plural } from "../../model/format.ts";
import { around, graphOf, type Direction, type Graph } from "../../model/lineage.ts";
import { Await, Heading, Panel, Table } from "../../parts/layout.tsx";
import { LineageGraph } from "../../parts/lineage/graph.tsx";
import { Name } from "../../parts/text.tsx";
import { address, navigate, type Place } from "../../router/router.ts";
import { Find } from "./find.tsx";

const here = "/lineage-graph";

/** From where to where data flows: all of it, or around one address or pipeline. */
export function LineagePage({ query }: Place) {
  const chosen = query.get("address") ?? query.get("source_address_id");
  const pipeline = query.get("pipeline");
  const direction = (query.get("direction") ?? "both") as Direction;
  const depth = Number(query.get("depth") ?? 0);
  const path =
    pipeline === null
      ? chosen === null
        ? "/lineage-graph/all"
        : `/lineage-graph/?source_address_id=${encodeURIComponent(chosen)}`
      : `/pipeline/${encodeURIComponent(pipeline)}/lineage`;
  const live = useLive<Lineage>(path, 15_000, true);
  const center = pipeline === null ? (chosen === null ? undefined : `a${chosen}`) : `p${pipeline}`;
  const go = (change: object) =>
    navigate(address(here, { address: chosen, pipeline, direction, depth, ...change }), "replace");
  return (
    <>
      <Heading title="Lineage">
        <p>{center === undefined ? "What flows from where to where." : "What it comes from, and where it goes."}</p>
      </Heading>
      <div class="filters">
        <Find onFound={(id) => navigate(address(here, { address: id }))} />
        {center !== undefined && (
          <>
            <label>
              <span>Direction</span>
              <select value={direction} onChange={(event) => go({ direction: event.currentTarget.value })}>
                <option value="both">both ways</option>
                <option value="up">where it comes from</option>
                <option value="down">where it goes</option>
              </select>
            </label>
            <label>
              <span>Steps</span>
              <select value={String(depth)} onChange={(event) => go({ depth: event.currentTarget.value })}>
                {[1, 2, 3, 5].map((steps) => (
                  <option key={steps} value={String(steps)}>
                    {steps}
                  </option>
                ))}
                <option value="0">all</option>
              </select>
            </label>
            <a class="button" href={here}>
              Show everything
            </a>
          </>
        )}
      </div>
      <Await live={live}>
        {({ nodes, edges, truncated }) => {
          const whole = graphOf(nodes, edges);
          const graph = center === undefined ? whole : around(whole, center, direction, depth === 0 ? Infinity : depth);
          return (
            <>
              <Panel title="Graph" flush aside={truncated ? `the newest ${plural(edges.length, "edge")}` : undefined}>
                <LineageGraph graph={graph} {...(center !== undefined && { center })} />
              </Panel>
              <AsTable graph={graph} />
            </>
          );
        }}
      </Await>
    </>
  );
}

/** The same in words, a line for each pipeline: for those who do not see the drawing. */
function AsTable({ graph }: { graph: Graph }) {
  const [isOpen, setOpen] = useState(false);
  const pipelines = graph.nodes.filter(({ kind }) => kind === "pipeline");
  const byKey = new Map(graph.nodes.map((node) => [node.key, node]));
  const names = (keys: readonly string[]) =>
    keys.map((key, index) => {
      const node = byKey.get(key);
      return (
        <span key={key}>
          {index > 0 && ", "}
          {node && <Name text={node.name} href={address(here, { address: node.id })} />}
        </span>
      );
    });
  if (pipelines.length === 0) return null;
  return (
    <details class="panel" open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>The same as a table</summary>
      {isOpen && (
        <Table
          caption="What each pipeline reads and writes"
          rows={pipelines}
          keyOf={({ key }) => key}
          columns={[
            { name: "Pipeline", kind: "main", cell: ({ id, name }) => <Name text={name} href={`/pipelines/${id}`} /> },
            {
              name: "Reads",
              cell: ({ key }) => names(graph.edges.filter(({ to }) => to === key).map(({ from }) => from)),
            },
            {
              name: "Writes",
              cell: ({ key }) => names(graph.edges.filter(({ from }) => from === key).map(({ to }) => to)),
            },
          ]}
        />
      )}
    </details>
  );
}
