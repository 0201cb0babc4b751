import type { Peer } from "../peers/peer.ts";
import type { Outcomes, Times } from "./row.ts";

/** Wall time, processor time and memory of each contestant, a column for each row of the benchmark. */
export function timesTable(rows: Readonly<Record<string, Times>>, peers: readonly Peer[]): string {
  return table(Object.keys(rows), peers, (row, name) => {
    const usage = rows[row]![name];
    if (usage === undefined) return "–";
    return `${usage.wallMs.toFixed(0)} ms, ${usage.cpuMs.toFixed(0)} ms CPU, ${usage.memoryMb.toFixed(0)} MB`;
  });
}

/** What became of each contestant, and whether that is clean. */
export function outcomesTable(rows: Readonly<Record<string, Outcomes>>, peers: readonly Peer[]): string {
  return table(Object.keys(rows), peers, (row, name) => {
    const { isClean, said } = rows[row]![name]!;
    return `${isClean ? "clean" : "**not clean**"}: ${said}`;
  });
}

function table(
  columns: readonly string[],
  peers: readonly Peer[],
  cell: (row: string, name: string) => string,
): string {
  const lines = peers.map(({ name }) => [name, ...columns.map((column) => cell(column, name))]);
  const head = ["", ...columns];
  return [head, head.map(() => "---"), ...lines].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}
