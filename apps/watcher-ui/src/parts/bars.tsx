import { ticks } from "../model/scale.ts";
import { compact } from "../model/format.ts";
import { useWidth } from "./width.ts";

export interface Bar {
  readonly name: string;
  readonly good: number;
  readonly bad: number;
  readonly open?: number;
  /** What the axis says below; nothing below most bars. */
  readonly tick?: string;
}

const height = 120;
const below = 20;
const left = 34;

/** Counts over time, each bar stacked of what succeeded, runs and failed. `label` says in words what there is to see. */
export function Bars({ bars, label }: { bars: readonly Bar[]; label: string }) {
  const [figure, width] = useWidth<HTMLDivElement>(640);
  const most = Math.max(1, ...bars.map(({ good, bad, open = 0 }) => good + bad + open));
  const steps = ticks(most, 2);
  const top = steps.at(-1) ?? 1;
  const y = (value: number) => 6 + (height - 6) * (1 - value / top);
  const room = (width - left) / Math.max(1, bars.length);
  const thick = Math.max(2, Math.min(28, room * 0.72));
  return (
    <div class="bars" ref={figure}>
      <svg width={width} height={height + below} role="img" aria-label={label}>
        {steps.map((step) => (
          <g key={step} class="grid">
            <line x1={left} x2={width} y1={y(step)} y2={y(step)} />
            <text x={left - 8} y={y(step)} dy="0.32em" text-anchor="end">
              {compact(step)}
            </text>
          </g>
        ))}
        {bars.map(({ name, good, bad, open = 0, tick }, index) => {
          const isLast = index === bars.length - 1;
          const x = left + room * index + (room - thick) / 2;
          const part = (from: number, amount: number, kind: string) =>
            amount > 0 && (
              <rect
                class={kind}
                x={x}
                width={thick}
                y={y(from + amount)}
                height={Math.max(kind === "bad" ? 3 : 1, y(from) - y(from + amount))}
                rx={Math.min(2, thick / 3)}
              />
            );
          return (
            <g key={name} class="bar">
              <title>{`${name}: ${good} succeeded, ${bad} failed${open > 0 ? `, ${open} running` : ""}`}</title>
              <rect class="hit" x={left + room * index} width={room} y={0} height={height} />
              {part(bad + open, good, "good")}
              {part(bad, open, "open")}
              {part(0, bad, "bad")}
              {tick !== undefined && (
                <text x={isLast ? width : x + thick / 2} y={height + 15} text-anchor={isLast ? "end" : "middle"}>
                  {tick}
                </text>
              )}
            </g>
          );
        })}
      </svg>
    </div>
  );
}
