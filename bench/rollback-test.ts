import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startCluster } from "testkit/cluster";

/**
 * `limbeck test` of 100 revisions, which is to take 20 s: `npm run bench:rollback-test`. What counts is the time of both
 * processors that it needs, its own and the server's, because a machine that others use tells no other.
 */
const COUNT = Number(process.argv[2] ?? 100);
const MOST_SECONDS = 20;

const folder = mkdtempSync(join(tmpdir(), "limbeck-bench-"));
const cluster = await startCluster();
try {
  mkdirSync(join(folder, "migrations"));
  for (let number = 0; number < COUNT; number++)
    writeFileSync(join(folder, "migrations", `${id(number)}_step.ts`), source(number));
  const { Limbeck } = await import("../packages/limbeck/dist/index.js");
  const limbeck = await Limbeck.open({ cwd: folder, url: cluster.url, migrations: "migrations" });
  const [before, started, server] = [process.cpuUsage(), performance.now(), serverSeconds()];
  const { ok } = await limbeck.test();
  const { user, system } = process.cpuUsage(before);
  const own = (user + system) / 1e6;
  const its = serverSeconds() - server;
  await limbeck.close();
  if (!ok) throw new Error("a revision did not pass");
  const wall = (performance.now() - started) / 1000;
  console.log(
    `${COUNT} revisions: ${own.toFixed(1)} s of limbeck's, ${its.toFixed(1)} s of the server's, ${wall.toFixed(1)} s on the clock`,
  );
  process.exitCode = ((own + its) * 100) / COUNT <= MOST_SECONDS ? 0 : 1;
} finally {
  await cluster.stop();
  rmSync(folder, { recursive: true, force: true });
}

function id(number: number): string {
  return `r${String(number).padStart(4, "0")}`;
}

/** A table in every fourth revision, columns and indexes in the others. */
function source(number: number): string {
  const table = `t${Math.floor(number / 4)}`;
  const [up, down] = [
    [
      `op.createTable("${table}", column("id", "serial"), column("name", "text"), primaryKey(["id"]));`,
      `op.dropTable("${table}");`,
    ],
    [`op.addColumn("${table}", column("size", "integer"));`, `op.dropColumn("${table}", "size");`],
    [`op.createIndex("ix_${table}", "${table}", ["name"]);`, `op.dropIndex("ix_${table}");`],
    [
      `op.createUniqueConstraint("uq_${table}", "${table}", ["id", "name"]);`,
      `op.dropConstraint("uq_${table}", "${table}");`,
    ],
  ][number % 4]!;
  return `import { column, primaryKey, type Operations } from "limbeck";

export const revision = "${id(number)}";
export const downRevision = ${number === 0 ? "null" : `"${id(number - 1)}"`};

/** Step ${number}. */
export async function upgrade(op: Operations) {
  ${up}
}

export async function downgrade(op: Operations) {
  ${down}
}
`;
}

/** The processor time of every process of the server that runs, and of those that have ended. */
function serverSeconds(): number {
  const stats = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => statOf(pid) ?? []);
  const root = stats.find(({ parent, name }) => parent === process.pid && name === "postgres");
  const own = stats.filter(({ pid, parent }) => pid === root?.pid || parent === root?.pid);
  return own.reduce((sum, { ticks }) => sum + ticks, 0) / 100 + (root?.ended ?? 0) / 100;
}

function statOf(pid: string) {
  try {
    const [, name, rest] = /\((.*)\) (.*)/.exec(readFileSync(`/proc/${pid}/stat`, "utf8")) ?? [];
    const fields = rest!.split(" ").map(Number);
    return {
      pid: Number(pid),
      name,
      parent: fields[1]!,
      ticks: fields[11]! + fields[12]!,
      ended: fields[13]! + fields[14]!,
    };
  } catch {
    return undefined;
  }
}
