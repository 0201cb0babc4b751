import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

/** Writes a script for Node that connects with pg, does what `body` says with its `client`, and ends: the least that a run can be. */
export function floorScript(folder: string, name: string, body: string): string {
  const path = join(folder, `${name}.cjs`);
  const pg = createRequire(join(import.meta.dirname, "../packages/limbeck/package.json")).resolve("pg");
  writeFileSync(
    path,
    `require("node:module").enableCompileCache?.();
const { Client } = require(${JSON.stringify(pg)});
(async () => {
  const client = new Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  ${body}
  await client.end();
})();
`,
  );
  return path;
}
