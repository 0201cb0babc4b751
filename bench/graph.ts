import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { RevisionGraph, type RevisionInfo } from "limbeck";
import { makeProject, revisionId } from "./make-project.ts";

/** What long histories cost, from the files to the plan: `npm run bench:graph`. */
const bin = fileURLToPath(new URL("../packages/limbeck/bin/limbeck.cjs", import.meta.url));
const probe = fileURLToPath(new URL("usage-probe.cjs", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "limbeck-bench-"));
const USAGE_FILE = join(folder, "usage.json");

interface Usage {
  readonly cpuMs: number;
  readonly memoryMb: number;
}

/** The least that a command used in three runs, beyond a Node that does nothing. */
function usageOf(args: readonly string[], cwd: string): Usage {
  const runs = [0, 1, 2].map((): Usage => {
    spawnSync("node", ["--require", probe, ...args], { cwd, env: { ...process.env, USAGE_FILE } });
    return JSON.parse(readFileSync(USAGE_FILE, "utf8")) as Usage;
  });
  return runs.toSorted((a, b) => a.cpuMs - b.cpuMs)[0]!;
}

function row(name: string, ...values: readonly string[]): void {
  console.log(name.padEnd(30) + values.map((value) => value.padStart(14)).join(""));
}

try {
  const idle = usageOf(["-e", "0"], folder);
  row("limbeck heads", "CPU", "CPU of node", "peak memory");
  for (const count of [100, 1000, 10_000]) {
    const project = join(folder, String(count));
    makeProject(project, count);
    const usage = usageOf([bin, "heads"], project);
    const [cpu, bare, memory] = [usage.cpuMs, idle.cpuMs, usage.memoryMb].map((value) => value.toFixed(0));
    row(`  ${count} revisions`, `${cpu} ms`, `${bare} ms`, `${memory} MB`);
  }
  row("\nthe graph alone", "from + heads", "plan to head", "per revision");
  for (const count of [1000, 10_000, 100_000]) {
    const infos: RevisionInfo[] = Array.from({ length: count }, (_, index) => ({
      revision: revisionId(index),
      downRevision: index === 0 ? null : revisionId(index - 1),
    }));
    const started = performance.now();
    const graph = RevisionGraph.from(infos);
    graph.heads();
    const built = performance.now();
    graph.plan("upgrade", "head", []);
    const planned = performance.now();
    const micros = ((planned - started) * 1000) / count;
    row(
      `  ${count} revisions`,
      `${(built - started).toFixed(0)} ms`,
      `${(planned - built).toFixed(0)} ms`,
      `${micros.toFixed(1)} µs`,
    );
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
