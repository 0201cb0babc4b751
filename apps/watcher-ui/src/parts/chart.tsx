import { useState } from "preact/hooks";
import { timeTicks } from "../model/scale.ts";
import { bandPaths, linePath, type Point } from "../model/series.ts";
import { local, tick } from "../model/moments.ts";
import { useWidth } from "./width.ts";

interface ChartProps {
  readonly title: string;
  /** The oldest first. */
  readonly points: readonly Point[];
  readonly format: (value: number | null) => string;
  readonly ticks: (most: number) => readonly number[];
  readonly onOpen: (id: number) => void;
}

const height = 190;
const left = 58;
const right = 12;
const below = 24;

/** A measure over time, one point an execution, in front of the band where it was expected. */
export function Chart({ title, points, format, ticks, onOpen }: ChartProps) {
  const [figure, width] = useWidth<HTMLDivElement>(720);
  const [chosen, choose] = useState<number>();
  const steps = ticks(Math.max(...points.map(({ value, highest }) => Math.max(value ?? 0, highest ?? 0))));
  const top = steps.at(-1) || 1;
  const [first, last] = [points[0]?.at ?? 0, points.at(-1)?.at ?? 1];
  const x = (at: number) => left + (width - left - right) * (last === first ? 0.5 : (at - first) / (last - first));
  const y = (value: number) => 8 + (height - 8) * (1 - Math.min(1.02, value / top));
  const index = Math.min(chosen ?? points.length - 1, points.length - 1);
  const point = points[index];
  const marks = timeTicks(first, last, Math.max(2, Math.floor(width / 90)));

  const nearest = (clientX: number, box: DOMRect) => {
    const wanted = clientX - box.left;
    let best = 0;
    for (const [at, other] of points.entries())
      if (Math.abs(x(other.at) - wanted) < Math.abs(x(points[best]!.at) - wanted)) best = at;
    return best;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -10, PageUp: 10 }[event.key];
    const target = { Home: 0, End: points.length - 1 }[event.key] ?? (step === undefined ? undefined : index + step);
    if (event.key === "Enter" && point !== undefined) onOpen(point.id);
    if (target === undefined) return;
    event.preventDefault();
    choose(Math.max(0, Math.min(points.length - 1, target)));
  };

  return (
    <div
      class="chart"
      ref={figure}
      role="slider"
      tabIndex={0}
      aria-label={`${title}, by execution`}
      aria-valuemin={1}
      aria-valuemax={points.length}
      aria-valuenow={index + 1}
      aria-valuetext={point && said(point, format)}
      onKeyDown={onKeyDown}
      onPointerMove={(event) => choose(nearest(event.clientX, event.currentTarget.getBoundingClientRect()))}
      onPointerLeave={() => choose(undefined)}
      onClick={() => point !== undefined && chosen !== undefined && onOpen(point.id)}
    >
      <p class="readout" aria-hidden="true">
        {point && said(point, format)}
      </p>
      <svg width={width} height={height + below} aria-hidden="true">
        {steps.map((step) => (
          <g key={step} class="grid">
            <line x1={left} x2={width - right} y1={y(step)} y2={y(step)} />
            <text x={left - 8} y={y(step)} dy="0.32em" text-anchor="end">
              {format(step)}
            </text>
          </g>
        ))}
        {marks.map(({ at, onlyDays }) => (
          <text key={at} class="when" x={x(at)} y={height + 18} text-anchor="middle">
            {tick(at, onlyDays)}
          </text>
        ))}
        {bandPaths(points, x, y).map((path) => (
          <path key={path} class="band" d={path} />
        ))}
        <path class="line" d={linePath(points, x, y)} />
        {points.map((each) => (
          <Mark key={each.id} point={each} x={x(each.at)} y={y(each.value ?? 0)} />
        ))}
        {point !== undefined && chosen !== undefined && (
          <g class="chosen">
            <line x1={x(point.at)} x2={x(point.at)} y1={8} y2={height} />
            <circle cx={x(point.at)} cy={y(point.value ?? 0)} r="5" />
          </g>
        )}
      </svg>
    </div>
  );
}

function Mark({ point, x, y }: { point: Point; x: number; y: number }) {
  if (point.state === "failed") return <path class="failed" d={`M${x - 3},${y - 3}l6,6m0,-6l-6,6`} />;
  if (point.anomalous) return <circle class="anomalous" cx={x} cy={y} r="4.5" />;
  if (point.state === "running") return <circle class="running" cx={x} cy={y} r="3" />;
  return <circle class="dot" cx={x} cy={y} r="1.6" />;
}

function said({ at, value, lowest, highest, state, anomalous }: Point, format: ChartProps["format"]): string {
  const moment = local(new Date(at).toISOString(), Date.now());
  const expected = lowest === null || highest === null ? "" : `, expected ${format(lowest)} to ${format(highest)}`;
  const word = state === "succeeded" ? "" : ` (${state})`;
  return `${moment}: ${value === null ? "nothing measured" : format(value)}${word}${anomalous ? " (anomaly)" : ""}${expected}`;
}
