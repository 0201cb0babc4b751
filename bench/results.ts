import type { Outcomes, Times } from "./rows/row.ts";

/** What `npm run bench:peers` measured, as it is committed in `bench/results/peers.json`. */
export interface Results {
  readonly machine: {
    readonly cpu: string;
    readonly cores: number;
    readonly memoryGiB: number;
    readonly node: string;
    readonly postgres: string;
    /** When the measurement ended, in UTC. */
    readonly date: string;
    readonly commit: string;
    /** The load average before the measurement: what else the machine did. */
    readonly loadBefore: number;
    readonly minutes: number;
  };
  readonly versions: Readonly<Record<string, string>>;
  /** The contestants that are no peers: programs in C and Go, and a Node that does nothing. */
  readonly floor: readonly string[];
  readonly rounds: number;
  readonly times: Readonly<Record<string, Times>>;
  readonly failures: Readonly<Record<string, Outcomes>>;
}

type Figure = "wallMs" | "cpuMs" | "memoryMb";

/** A figure of each contestant, a column for each row of the benchmark; of wall times also the multiple of limbeck's. */
export function figureTable({ times, floor }: Results, figure: Figure): string {
  const columns = Object.keys(times);
  const cell = (column: string, name: string): string => {
    const timing = times[column]?.[name];
    if (timing === undefined) return "–";
    const value = timing[figure];
    if (figure === "memoryMb") return `${value.toFixed(0)} MB`;
    const text = value < 1000 ? `${value.toFixed(0)} ms` : `${(value / 1000).toFixed(2)} s`;
    return figure === "wallMs" && name !== "limbeck" ? `${text} (${timing.ratio.toFixed(1)} ×)` : text;
  };
  const names = contestants(times, floor);
  return markdown(
    ["", ...columns],
    names.map((name) => [floor.includes(name) ? `_${name}_` : name, ...columns.map((column) => cell(column, name))]),
  );
}

/** What became of each contestant, and whether that is clean. */
export function failureTable({ failures, floor }: Results): string {
  const columns = Object.keys(failures);
  return markdown(
    ["", ...columns],
    contestants(failures, floor).map((name) => [
      floor.includes(name) ? `_${name}_` : name,
      ...columns.map((column) => {
        const { isClean, said } = failures[column]![name]!;
        return `${isClean ? "clean" : "**not clean**"}: ${said}`;
      }),
    ]),
  );
}

const MARGIN = 1.5;
const NEAR_FLOOR = 1.3;

/** What is promised of the numbers, and whether it holds: a sentence for each row. */
export function judgements(results: Results): string[] {
  const { times, failures, floor } = results;
  const rows = Object.entries(times).map(([row, timings]) => {
    const others = Object.entries(timings).filter(([name]) => !name.startsWith("limbeck"));
    const [next, nextTiming] = nearest(others.filter(([name]) => !floor.includes(name)));
    const [least, leastTiming] = nearest(others.filter(([name]) => floor.includes(name)));
    const kept = nextTiming.ratio >= MARGIN || 1 / leastTiming.ratio <= NEAR_FLOOR;
    const beside = `${next} takes ${nextTiming.ratio.toFixed(2)} × limbeck's time, and limbeck ${(1 / leastTiming.ratio).toFixed(2)} × that of ${least}`;
    return `${kept ? "kept" : "**not kept**"}: ${row}: ${beside}.`;
  });
  const memory = Object.entries(times)
    .filter(([row]) => /\d{3} |\d{3}$/.test(row) && !row.includes("tables"))
    .map(([row, timings]) => {
      const own = timings["limbeck"]!.memoryMb;
      const peers = Object.entries(timings).filter(([name]) => name !== "limbeck" && !floor.includes(name));
      const [next, { memoryMb }] = peers.toSorted(([, one], [, other]) => one.memoryMb - other.memoryMb)[0]!;
      return `${own < memoryMb ? "kept" : "**not kept**"}: memory, ${row}: limbeck ${own.toFixed(0)} MB, ${next} ${memoryMb.toFixed(0)} MB.`;
    });
  const rowsOfFailure = Object.values(failures);
  const clean = Object.keys(rowsOfFailure[0] ?? {}).filter((name) => rowsOfFailure.every((row) => row[name]!.isClean));
  const isOnly = clean.join() === "limbeck";
  return [
    ...rows,
    ...memory,
    `${isOnly ? "kept" : "**not kept**"}: clean in all failures: ${clean.join(", ") || "none"}.`,
  ];
}

function nearest<T extends readonly [string, { readonly ratio: number }]>(timings: readonly T[]): T {
  return timings.toSorted(([, one], [, other]) => one.ratio - other.ratio)[0]!;
}

/** limbeck first, then the peers, then the floor. */
function contestants(rows: Readonly<Record<string, object>>, floor: readonly string[]): string[] {
  const names = [...new Set(Object.values(rows).flatMap((row) => Object.keys(row)))];
  return names.toSorted((one, other) => Number(floor.includes(one)) - Number(floor.includes(other)));
}

function markdown(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}
