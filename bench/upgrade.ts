import { hostname, userInfo } from "node:os";
import { HISTORY_COLUMNS } from "../packages/limbeck/src/runner/history-table.ts";
import { besidePsql } from "./beside-psql.ts";
import { makeProject, revisionId, statementOf } from "./make-project.ts";

/**
 * 1,000 one-statement revisions on a real server, beside psql running the same statements, each in its own transaction
 * with its version row and its history row: `npm run bench:upgrade`.
 */
const COUNT = 1000;
const CHECKSUM = "0".repeat(64);

await besidePsql({
  rounds: 5,
  bound: 1.3,
  project(folder) {
    makeProject(folder, COUNT);
    return psqlScript();
  },
});

function psqlScript(): string {
  const lines = [
    "CREATE TABLE alembic_version (version_num varchar(32) NOT NULL PRIMARY KEY);",
    `CREATE TABLE limbeck_history (${Object.entries(HISTORY_COLUMNS)
      .map((column) => column.join(" "))
      .join(", ")});`,
  ];
  const who = `'${userInfo().username}', '${hostname()}', '0.1.0'`;
  for (let index = 0; index < COUNT; index++) {
    const id = revisionId(index);
    const version =
      index === 0
        ? `INSERT INTO alembic_version VALUES ('${id}')`
        : `UPDATE alembic_version SET version_num = '${id}' WHERE version_num = '${revisionId(index - 1)}'`;
    const history = `INSERT INTO limbeck_history (revision, direction, status, started_at, duration_ms, checksum, who, host, version, application_version, error)
      VALUES ('${id}', 'upgrade', 'done', now(), round(extract(epoch FROM clock_timestamp() - now())::numeric * 1000, 3), '${CHECKSUM}', ${who}, NULL, NULL)`;
    lines.push("BEGIN;", `${statementOf(index)};`, `${version};`, `${history};`, "COMMIT;");
  }
  return lines.join("\n");
}
