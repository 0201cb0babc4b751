import { besidePsql } from "./beside-psql.ts";
import { makeProject, revisionId, statementOf } from "./make-project.ts";

/**
 * 1,000 one-statement revisions on a real server, beside psql running the same statements, each in its own transaction
 * with a version update: `npm run bench:upgrade`.
 */
const COUNT = 1000;

await besidePsql({
  rounds: 5,
  bound: 2,
  project(folder) {
    makeProject(folder, COUNT);
    return psqlScript();
  },
});

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
