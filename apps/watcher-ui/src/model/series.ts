/** One execution's measure, and where it was expected. */
export interface Point {
  readonly id: number;
  /** In milliseconds. */
  readonly at: number;
  readonly value: number | null;
  readonly lowest: number | null;
  readonly highest: number | null;
  readonly state: "succeeded" | "failed" | "running";
  readonly anomalous: boolean;
}

type Scale = (value: number) => number;

/** The line through the successes that were measured. */
export function linePath(points: readonly Point[], x: Scale, y: Scale): string {
  const measured = points.filter(({ value, state }) => value !== null && state === "succeeded");
  return measured.map(({ at, value }, index) => `${index === 0 ? "M" : "L"}${place(x(at), y(value ?? 0))}`).join("");
}

/** The areas between the limits, one for each stretch of executions that have some. */
export function bandPaths(points: readonly Point[], x: Scale, y: Scale): string[] {
  const stretches: Point[][] = [];
  let current: Point[] | undefined;
  for (const point of points) {
    if (point.lowest === null || point.highest === null) current = undefined;
    else if (current === undefined) stretches.push((current = [point]));
    else current.push(point);
  }
  return stretches
    .filter((stretch) => stretch.length > 1)
    .map((stretch) => {
      const above = stretch.map(({ at, highest }) => place(x(at), y(highest ?? 0)));
      const under = stretch.toReversed().map(({ at, lowest }) => place(x(at), y(lowest ?? 0)));
      return `M${[...above, ...under].join("L")}Z`;
    });
}

function place(x: number, y: number): string {
  return `${Math.round(x * 10) / 10},${Math.round(y * 10) / 10}`;
}
