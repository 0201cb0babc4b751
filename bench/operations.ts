import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startCluster } from "testkit/cluster";
import { measure, report } from "./paired.ts";

/**
 * One revision of 1,000 operations, recorded, compiled and sent by the command, beside psql running the script that the
 * same command prints, the same statements in one transaction: `npm run bench:operations`.
 */
const COUNT = 250;
const bin = fileURLToPath(new URL("../packages/limbeck/bin/limbeck.cjs", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "limbeck-bench-"));
const cluster = await startCluster();
try {
  mkdirSync(join(folder, "migrations"));
  writeFileSync(join(folder, "limbeck.config.json"), '{ "migrations": "migrations" }\n');
  writeFileSync(join(folder, "package.json"), '{ "name": "bench-project", "private": true, "type": "module" }\n');
  writeFileSync(join(folder, "migrations", "a1_many.ts"), revision());
  const script = join(folder, "floor.sql");
  writeFileSync(script, spawnSync("node", [bin, "upgrade", "--sql"], { cwd: folder, encoding: "utf8" }).stdout);
  const url = new URL(cluster.url);
  url.pathname = "/bench";
  const fresh = (): void => {
    const sql = ["drop database if exists bench with (force)", "create database bench"];
    spawnSync("psql", ["-q", cluster.url, ...sql.flatMap((text) => ["-c", text])]);
  };
  const timings = measure(
    [
      { name: "psql", command: "psql", args: ["-X", "-q", "-f", script, url.href], prepare: fresh },
      {
        name: "limbeck upgrade",
        command: "node",
        args: [bin, "upgrade", "-q", "--url", url.href],
        cwd: folder,
        prepare: fresh,
      },
    ],
    7,
  );
  process.exitCode = report(timings, { "limbeck upgrade": 1.2 }) ? 0 : 1;
} finally {
  await cluster.stop();
  rmSync(folder, { recursive: true, force: true });
}

function revision(): string {
  const calls = Array.from({ length: COUNT }, (_, index) => {
    const table = `"t_${index}"`;
    return `  op.createTable(${table}, column("id", "integer"), column("name", "text", { default: "none" }), primaryKey(["id"]));
  op.addColumn(${table}, column("amount", "numeric(12,2)", { nullable: false, default: 0 }));
  op.createIndex("ix_t_${index}_name", ${table}, ["name"]);
  op.createCheckConstraint("ck_t_${index}", ${table}, "amount >= 0");`;
  });
  return `import { column, primaryKey, type Operations } from "limbeck";

export const revision = "a1";
export const downRevision = null;

/** Many. */
export async function upgrade(op: Operations) {
${calls.join("\n")}
}

export async function downgrade() {}
`;
}
