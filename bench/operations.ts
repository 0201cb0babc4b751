import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { besidePsql, bin } from "./beside-psql.ts";

/**
 * One revision of 1,000 operations, recorded, compiled and sent by the command, beside psql running the script that the
 * same command prints, the same statements in one transaction: `npm run bench:operations`.
 */
const COUNT = 250;

await besidePsql({
  rounds: 7,
  bound: 1.2,
  project(folder) {
    mkdirSync(join(folder, "migrations"));
    writeFileSync(join(folder, "limbeck.config.json"), '{ "migrations": "migrations" }\n');
    writeFileSync(join(folder, "package.json"), '{ "name": "bench-project", "private": true, "type": "module" }\n');
    writeFileSync(join(folder, "migrations", "a1_many.ts"), revision());
    return spawnSync("node", [bin, "upgrade", "--sql"], { cwd: folder, encoding: "utf8" }).stdout;
  },
});

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
