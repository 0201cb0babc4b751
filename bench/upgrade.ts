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
    "CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY);",
    `CREATE TABLE limbeck_history (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, revision text NOT NULL,
      direction text NOT NULL, status text NOT NULL, started_at timestamptz NOT NULL, duration_ms numeric,
      checksum text, who text, host text, version text);`,
  ];
  for (let index = 0; index < COUNT; index++) {
    const id = revisionId(index);
    const version =
      index === 0
        ? `INSERT INTO alembic_version VALUES ('${id}')`
        : `UPDATE alembic_version SET version_num = '${id}' WHERE version_num = '${revisionId(index - 1)}'`;
    const history = `INSERT INTO limbeck_history (revision, direction, status, started_at, duration_ms, checksum, who, host, version)
      VALUES ('${id}', 'upgrade', 'done', now(), extract(epoch FROM clock_timestamp() - now()) * 1000, '${CHECKSUM}', 'ada', 'host', '0.1.0')`;
    lines.push("BEGIN;", `${statementOf(index)};`, `${version};`, `${history};`, "COMMIT;");
  }
  return lines.join("\n");
}
