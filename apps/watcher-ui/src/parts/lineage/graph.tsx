import { useEffect, useState } from "preact/hooks";
import type { Graph } from "../../model/lineage.ts";
import { plural } from "../../model/format.ts";
import { address } from "../../router/router.ts";
import { Empty } from "../layout.tsx";
import { useWidth } from "../width.ts";
import type { Drawing } from "./layout.ts";

/** How far a drawing is made smaller to be seen as a whole; beyond that it is moved in its frame. */
const smallest = 0.75;

/** A lineage graph; each of its nodes is a link. The one that is looked at stands out. */
export function LineageGraph({ graph, center }: { graph: Graph; center?: string }) {
  const [frame, width] = useWidth<HTMLDivElement>(0);
  const [drawing, setDrawing] = useState<Drawing>();
  const content = JSON.stringify(graph);
  useEffect(() => {
    let isWanted = true;
    // The layout is the largest part of these pages, and most of them have no graph.
    void import("./layout.ts").then(({ draw }) => isWanted && setDrawing(draw(graph)));
    return () => {
      isWanted = false;
    };
  }, [content]);
  useEffect(() => {
    const chosen = frame.current?.querySelector(".center");
    const box = frame.current?.getBoundingClientRect();
    if (!chosen || !box) return;
    const place = chosen.getBoundingClientRect();
    frame.current?.scrollBy(place.x + place.width / 2 - box.x - box.width / 2, place.y - box.y - box.height / 2);
  }, [drawing, center]);
  if (graph.nodes.length === 0) return <Empty>No lineage has been told for this.</Empty>;
  const addresses = graph.nodes.filter(({ kind }) => kind === "address").length;
  const label = `Lineage: ${plural(addresses, "address", "addresses")}, ${plural(graph.nodes.length - addresses, "pipeline")}`;
  return (
    <div class="graph" tabIndex={0} role="group" aria-label={label} ref={frame}>
      {drawing === undefined ? (
        <p class="loading">Laying out</p>
      ) : (
        <Drawn drawing={drawing} center={center} width={width} />
      )}
    </div>
  );
}

function Drawn({ drawing, center, width: room }: { drawing: Drawing; center: string | undefined; width: number }) {
  const scale = Math.max(smallest, Math.min(1, room / drawing.width));
  const [across, down] = [drawing.width, drawing.height];
  return (
    <svg width={across * scale} height={down * scale} viewBox={`0 0 ${across} ${down}`}>
      <defs>
        <marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
          <path d="M0,0.500L7.500,4L0,7.500z" />
        </marker>
      </defs>
      {drawing.lines.map(({ key, path }) => (
        <path key={key} class="edge" d={path} marker-end="url(#arrow)" />
      ))}
      {drawing.nodes.map(({ key, kind, id, name, label: text, note, dim, x, y, width, height }) => (
        <a
          key={key}
          class={`node ${kind}${dim ? " dim" : ""}${key === center ? " center" : ""}`}
          href={kind === "pipeline" ? `/pipelines/${id}` : address("/lineage-graph", { address: id })}
          aria-current={key === center ? "true" : undefined}
        >
          <title>{name}</title>
          <rect x={x - width / 2} y={y - height / 2} width={width} height={height} rx={kind === "pipeline" ? 15 : 7} />
          <text x={x} y={note === "" ? y : y - 6} dy="0.34em" text-anchor="middle">
            {text}
          </text>
          {note !== "" && (
            <text class="note" x={x} y={y + 12} dy="0.3em" text-anchor="middle">
              {note.slice(0, 40)}
            </text>
          )}
        </a>
      ))}
    </svg>
  );
}
