import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { bin, withServer } from "./beside-psql.ts";
import { makeProject, revisionId, statementOf } from "./make-project.ts";
import { sql } from "./rows/row.ts";

/**
 * Fails when limbeck has become slower or larger: `npm run bench:guard`. The processor time and the memory of its process
 * are held beside those of a Node that does the least which the same work needs, in turns, as ratios of the smallest seen.
 * A row that is within its bound after three rounds is done; another one gets more rounds, for the machine may have been
 * busy. The bounds are multiples of what `npm run bench:guard -- --write` measured and wrote to `bench/results/guard.json`.
 * It measures what is built, and builds nothing.
 */
const COUNT = 1000;
const FEW = 200;
const [FEWEST_ROUNDS, MOST_ROUNDS] = [3, 12];
const SLACK = { cpu: 1.5, memory: 1.25 };
type Ratios = Readonly<Record<keyof typeof SLACK, number>>;

const isWriting = process.argv.includes("--write");
const results = join(import.meta.dirname, "results/guard.json");
const probe = join(import.meta.dirname, "usage-probe.cjs");
const committed: Readonly<Record<string, Ratios>> = isWriting ? {} : JSON.parse(readFileSync(results, "utf8"));

await withServer(async ({ folder, url, fresh }) => {
  const [many, few] = [project("many", COUNT), project("few", FEW)];
  const usage = join(folder, "usage.json");
  const pg = createRequire(join(import.meta.dirname, "../packages/limbeck/package.json")).resolve("pg");
  const idle = script("idle", "");
  const asks = script("asks", "await client.query('select 1');");
  const sends = script(
    "sends",
    `await client.query("create table done (number integer)");
    for (const [number, text] of require("./statements.json").entries())
      await client.query(\`begin; \${text}; insert into done values (\${number}); commit\`);`,
  );
  writeFileSync(join(folder, "statements.json"), JSON.stringify(Array.from({ length: FEW }, (_, n) => statementOf(n))));

  const measured: Record<string, Ratios> = {};
  const hold = (name: string, floor: Work, own: Work): void => {
    measured[name] = held(name, floor, own);
  };
  hold("heads, 1,000 revisions", { args: ["-e", "0"] }, { args: [bin, "heads"], cwd: many });
  fresh();
  limbeck(many, "stamp", revisionId(COUNT - 1), "-q");
  hold("status, 1,000 applied", { args: [asks] }, { args: [bin, "status"], cwd: many });
  const stepBack = (): void => {
    sql(
      url,
      `update alembic_version set version_num = '${revisionId(COUNT - 2)}'`,
      "set client_min_messages = warning",
      "drop table if exists t_0249",
      "create table t_0249 (amount numeric)",
    );
  };
  hold(
    "one pending on 999",
    { args: [asks] },
    {
      args: [bin, "upgrade", "-q"],
      cwd: many,
      prepare: stepBack,
      verify: () => expect("select version_num from alembic_version", revisionId(COUNT - 1)),
    },
  );
  const isThere = `select count(*) from pg_class where relkind = 'r' and relname ~ '^t_'`;
  hold(
    "200 on an empty database",
    { args: [sends], prepare: fresh, verify: () => expect(isThere, String(FEW / 4)) },
    { args: [bin, "upgrade", "-q"], cwd: few, prepare: fresh, verify: () => expect(isThere, String(FEW / 4)) },
  );
  if (isWriting) writeFileSync(results, `${JSON.stringify(measured, null, 2)}\n`);

  interface Work {
    readonly args: readonly string[];
    readonly cwd?: string;
    readonly prepare?: () => void;
    readonly verify?: () => void;
  }

  function project(name: string, count: number): string {
    const cwd = join(folder, name);
    mkdirSync(cwd);
    makeProject(cwd, count);
    return cwd;
  }

  function script(name: string, body: string): string {
    const path = join(folder, `${name}.cjs`);
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

  function held(name: string, floor: Work, own: Work): Ratios {
    const bounds = committed[name];
    const least = [smallest(), smallest()] as const;
    for (let round = 1; ; round++) {
      measure(floor, least[0]);
      measure(own, least[1]);
      const ratios = { cpu: least[1].cpu / least[0].cpu, memory: least[1].memory / least[0].memory };
      const isOver = (of: keyof Ratios): boolean => bounds !== undefined && ratios[of] > bounds[of] * SLACK[of];
      if (round < (isWriting ? MOST_ROUNDS : FEWEST_ROUNDS)) continue;
      if (!isOver("cpu") && !isOver("memory")) {
        say("ok", name, ratios, bounds);
        return ratios;
      }
      if (round < MOST_ROUNDS) continue;
      say(isOver("cpu") ? "TOO SLOW" : "TOO LARGE", name, ratios, bounds);
      process.exitCode = 1;
      return ratios;
    }
  }

  function measure({ args, cwd, prepare, verify }: Work, least: { cpu: number; memory: number }): void {
    prepare?.();
    const { status, stderr } = spawnSync("node", ["--require", probe, ...args], {
      cwd: cwd ?? folder,
      env: { ...process.env, DATABASE_URL: url, USAGE_FILE: usage },
      encoding: "utf8",
    });
    if (status !== 0) throw new Error(`node ${args.join(" ")} ended with ${status}: ${stderr}`);
    verify?.();
    const { cpuMs, memoryMb } = JSON.parse(readFileSync(usage, "utf8")) as { cpuMs: number; memoryMb: number };
    least.cpu = Math.min(least.cpu, cpuMs);
    least.memory = Math.min(least.memory, memoryMb);
  }

  function smallest(): { cpu: number; memory: number } {
    return { cpu: Infinity, memory: Infinity };
  }

  function limbeck(cwd: string, ...args: readonly string[]): void {
    const env = { ...process.env, DATABASE_URL: url };
    const { status, stderr } = spawnSync("node", [bin, ...args], { cwd, env, encoding: "utf8" });
    if (status !== 0) throw new Error(stderr);
  }

  function expect(query: string, answer: string): void {
    const found = sql(url, query);
    if (found !== answer) throw new Error(`${query}: ${found}, not ${answer}`);
  }

  function say(verdict: string, name: string, ratios: Ratios, bounds?: Ratios): void {
    const text = (of: keyof Ratios): string =>
      `${of} ${ratios[of].toFixed(2)} × the floor's${bounds === undefined ? "" : ` (≤ ${(bounds[of] * SLACK[of]).toFixed(2)})`}`;
    console.log(`${name.padEnd(28)} ${text("cpu")}, ${text("memory")}  ${verdict}`);
  }
});
