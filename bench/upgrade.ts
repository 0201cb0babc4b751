import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startCluster } from "testkit/cluster";
import { makeProject, revisionId, statementOf } from "./make-project.ts";
import { measure, report } from "./paired.ts";

/**
 * 1,000 one-statement revisions on a real server, beside psql running the same statements, each in its own transaction
 * with a version update: `npm run bench:upgrade`.
 */
const COUNT = 1000;
const bin = fileURLToPath(new URL("../packages/limbeck/bin/limbeck.cjs", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "limbeck-bench-"));
const cluster = await startCluster();
try {
  makeProject(folder, COUNT);
  const script = join(folder, "floor.sql");
  writeFileSync(script, psqlScript());
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
    5,
  );
  process.exitCode = report(timings, { "limbeck upgrade": 2 }) ? 0 : 1;
} finally {
  await cluster.stop();
  rmSync(folder, { recursive: true, force: true });
}

function psqlScript(): string {
  const lines = ["CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY);"];
  for (let index = 0; index < COUNT; index++) {
    const id = revisionId(index);
    const version =
      index === 0
        ? `INSERT INTO alembic_version VALUES ('${id}')`
        : `UPDATE alembic_version SET version_num = '${id}' WHERE version_num = '${revisionId(index - 1)}'`;
    lines.push("BEGIN;", `${statementOf(index)};`, `${version};`, "COMMIT;");
  }
  return lines.join("\n");
}
