import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bin, withServer } from "./beside-psql.ts";
import { floorScript } from "./floor.ts";
import { ratiosOf, type Ratios, type Work } from "./held.ts";
import { makeProject, revisionId, statementOf } from "./make-project.ts";
import { sql } from "./rows/row.ts";

/**
 * Fails when limbeck has become slower or larger: `npm run bench:guard`. The processor time and the memory of its process
 * are held beside those of a Node that does the least which the same work needs, in turns, as ratios of the smallest seen.
 * A row that is within its bounds after three rounds is done; another one gets more, for the machine may have been busy.
 * The bounds are multiples of what `npm run bench:guard -- --write` wrote to `bench/results/guard.json`.
 * It measures what is built, and builds nothing.
 */
const COUNT = 1000;
const FEW = 200;
const FEWEST_ROUNDS = 3;
const MOST_ROUNDS = 10;
const SLACK: Ratios = { cpu: 1.4, memory: 1.25 };

/** Each statement in a transaction of its own, with a record. */
const SENDS = `await client.query("create table done (number integer)");
  for (const [number, text] of JSON.parse(require("node:fs").readFileSync("statements.json", "utf8")).entries())
    await client.query(\`begin; \${text}; insert into done values (\${number}); commit\`);`;

const isWriting = process.argv.includes("--write");
const file = join(import.meta.dirname, "results/guard.json");
const committed = JSON.parse(readFileSync(file, "utf8")) as Record<string, Ratios>;
const measured: Record<string, Ratios> = {};

await withServer(async ({ folder, url, fresh }) => {
  const place = (name: string, count: number): Pick<Work, "cwd" | "url"> => {
    const cwd = join(folder, name);
    mkdirSync(cwd);
    makeProject(cwd, count);
    return { cwd, url };
  };
  const [many, few] = [place("many", COUNT), place("few", FEW)];
  const [asks, sends] = [
    floorScript(folder, "asks", "await client.query('select 1');"),
    floorScript(folder, "sends", SENDS),
  ];
  const expect = (query: string, answer: string) => (): void => {
    const found = sql(url, query);
    if (found !== answer) throw new Error(`${query} finds ${found}, not ${answer}`);
  };
  const statements = Array.from({ length: FEW }, (_, number) => statementOf(number));
  writeFileSync(join(few.cwd, "statements.json"), JSON.stringify(statements));

  if (!hold("heads of 1,000", { ...many, args: [bin, "heads"] }, { ...many, args: ["-e", "0"] })) return;

  fresh();
  const [last, before] = [revisionId(COUNT - 1), revisionId(COUNT - 2)];
  spawnSync("node", [bin, "stamp", last, "-q", "--url", url], { cwd: many.cwd });
  expect("select version_num from alembic_version", last)();
  if (!hold("status of 1,000", { ...many, args: [bin, "status"] }, { ...many, args: [asks] })) return;

  // The last of the 1,000 adds a check to this table.
  sql(url, "create table t_0249 (amount numeric)");
  const stepBack = [
    "alter table t_0249 drop constraint if exists ck_t_0249",
    `update alembic_version set version_num = '${before}'`,
  ];
  const pending: Work = {
    ...many,
    args: [bin, "upgrade", "-q"],
    prepare: () => sql(url, "set client_min_messages = warning", ...stepBack),
    verify: expect(
      "select version_num, conname from alembic_version, pg_constraint where conname ~ '^ck_t'",
      `${last}|ck_t_0249`,
    ),
  };
  if (!hold("one pending on 999", pending, { ...many, args: [asks] })) return;

  const all: Pick<Work, "prepare" | "verify"> = {
    prepare: fresh,
    verify: expect("select count(*) from pg_constraint where conname ~ '^ck_t_'", String(FEW / 4)),
  };
  if (!hold("200 pending", { ...few, ...all, args: [bin, "upgrade", "-q"] }, { ...few, ...all, args: [sends] })) return;
});
if (isWriting) writeFileSync(file, `${JSON.stringify(measured, null, 2)}\n`);

/** Measures a row, and says whether it keeps its bounds. */
function hold(name: string, own: Work, floor: Work): boolean {
  const was = isWriting ? undefined : committed[name];
  const bound = (of: keyof Ratios): number => (was === undefined ? Infinity : was[of] * SLACK[of]);
  const ratios = ratiosOf(own, floor, ({ cpu, memory }, rounds) => {
    if (rounds === MOST_ROUNDS) return true;
    return !isWriting && rounds >= FEWEST_ROUNDS && cpu <= bound("cpu") && memory <= bound("memory");
  });
  measured[name] = { cpu: rounded(ratios.cpu), memory: rounded(ratios.memory) };
  const text = (of: keyof Ratios): string => {
    const verdict =
      was === undefined ? "" : ratios[of] <= bound(of) ? "ok " : of === "cpu" ? "TOO SLOW " : "TOO LARGE ";
    return `${of} ${ratios[of].toFixed(2)} × the floor's  ${verdict}${was === undefined ? "" : `(≤ ${bound(of).toFixed(2)})`}`;
  };
  console.log(`${name.padEnd(20)} ${text("cpu").padEnd(44)} ${text("memory")}`);
  const isKept = ratios.cpu <= bound("cpu") && ratios.memory <= bound("memory");
  if (!isKept) process.exitCode = 1;
  return isKept;
}

function rounded(ratio: number): number {
  return Math.round(ratio * 100) / 100;
}
