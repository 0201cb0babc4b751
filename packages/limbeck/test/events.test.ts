import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe } from "vitest";
import { expect, test as base } from "testkit";
import { Limbeck, type OpenOptions, type RunEvent } from "../src/index.ts";
import { writeRevisions } from "./project.ts";
import { limbeck as commandLine, type Output } from "./terminal.ts";

const REVISIONS = [
  {
    id: "a1",
    up: `op.createTable("city", column("id", "integer"), column("name", "text"));\nop.createIndex("ix", "city", ["name"], { concurrently: true });`,
    undo: `op.dropTable("city");`,
  },
  { id: "b2", down: "a1", up: `op.execute("insert into city values (1, 'Oslo'); select 2");` },
];
const BROKEN = { id: "c3", down: "b2", up: `op.execute("select 1 / 0");` };
const SECRET = {
  id: "s1",
  up: `op.execute("create role limbeck_nobody password 'hunter2' nologin; drop role limbeck_nobody; select 1 / 0");`,
};

type Line = (line: string, env?: NodeJS.ProcessEnv) => Promise<Output>;

const test = base
  .extend("limbeck", ({ folder, databaseUrl }): Line => {
    writeRevisions(folder, REVISIONS);
    const url = databaseUrl.replace(/\/\/([^:@/]*)@/, "//$1:hunter2@");
    return (line, env = {}) => commandLine([...line.split(" "), "--url", url], { cwd: folder, env });
  })
  .extend("open", ({ folder, databaseUrl }, { onCleanup }) => {
    writeRevisions(folder, REVISIONS);
    const opened: Limbeck[] = [];
    onCleanup(async () => void (await Promise.all(opened.map((one) => one.close()))));
    return async (more: OpenOptions): Promise<Limbeck> => {
      const one = await Limbeck.open({ url: databaseUrl, cwd: folder, ...more });
      opened.push(one);
      return one;
    };
  });

const brief = (event: RunEvent): string => {
  const step = "step" in event ? ` ${event.step.revision}` : "";
  return `${event.type}${step}${event.type === "statement" ? ` ${event.index} ${event.sql.split(/[ \n]/, 2).join(" ")}` : ""}`;
};

describe("the library's events", () => {
  test("tell of a run from its start to its end", async ({ open, databaseUrl }) => {
    const events: RunEvent[] = [];
    const limbeck = await open({ onEvent: (event) => events.push(event) });
    await limbeck.upgrade();
    expect(events.map(brief)).toEqual([
      "runStart",
      "connected",
      "plan",
      "stepStart a1",
      "statement a1 0 CREATE TABLE",
      "statement a1 1 CREATE INDEX",
      "stepEnd a1",
      "stepStart b2",
      "statement b2 0 insert into",
      "statement b2 1 select 2",
      "stepEnd b2",
      "runEnd",
    ]);
    const statements = events.filter((event) => event.type === "statement");
    expect(statements.map(({ durationMs }) => typeof durationMs)).toEqual([
      "undefined",
      "number",
      "undefined",
      "undefined",
    ]);
    const url = new URL(databaseUrl);
    expect(events[0]).toEqual({ type: "runStart", direction: "upgrade", target: "head", dryRun: false });
    expect(events[1]).toMatchObject({ name: url.pathname.slice(1), port: Number(url.port) });
    expect(events.at(-1)).toMatchObject({ result: { heads: ["b2"], pending: 0 } });
    events.length = 0;
    await limbeck.upgrade();
    expect(events.map(brief)).toEqual(["runStart", "connected", "runEnd"]);
    events.length = 0;
    await limbeck.downgrade("a1");
    expect(events.at(-1)).toMatchObject({ result: { heads: ["a1"], pending: 1 } });
  });

  test("tell how a run failed, and a database that cannot be reached is a failed run", async ({ open, folder }) => {
    writeRevisions(folder, [BROKEN]);
    const events: RunEvent[] = [];
    const onEvent = (event: RunEvent): void => void events.push(event);
    await expect((await open({ onEvent })).upgrade()).rejects.toThrow("division by zero");
    expect(events.slice(-2).map(brief)).toEqual(["stepStart c3", "runFailed"]);
    expect(events.at(-1)).toMatchObject({ error: { code: "STATEMENT_FAILED", details: { sqlstate: "22012" } } });
    events.length = 0;
    const nowhere = await open({ onEvent, url: "postgresql://nobody:hunter2@127.0.0.1:1/none" });
    await expect(nowhere.upgrade()).rejects.toMatchObject({ code: "DATABASE_UNREACHABLE" });
    expect(events.map(brief)).toEqual(["runStart", "runFailed"]);
    expect(JSON.stringify(events)).not.toContain("hunter2");
  });

  test("go on behind the statements that an earlier run has done", async ({ open, folder }) => {
    writeRevisions(folder, [{ ...BROKEN, up: `op.execute("vacuum; select 1 / (select count(*) - 1 from city)")` }]);
    const events: RunEvent[] = [];
    const limbeck = await open({ onEvent: (event) => events.push(event) });
    await expect(limbeck.upgrade()).rejects.toThrow("division by zero");
    await ((await limbeck.client()) as { query(sql: string): Promise<unknown> }).query("delete from city");
    events.length = 0;
    await limbeck.upgrade();
    expect(events.map(brief).slice(3)).toEqual(["stepResume c3", "statement c3 1 select 1", "stepEnd c3", "runEnd"]);
  });

  const TROUBLES: readonly unknown[] = [
    () => {
      throw new Error("a listener's own trouble");
    },
    () => Promise.reject(new Error("a listener's own trouble")),
  ];

  test.for(TROUBLES)("never harm a run, whatever a listener does", async (onEvent, { open, sql }) => {
    await (await open({ onEvent: onEvent as () => void })).upgrade();
    expect(await sql("select version_num from alembic_version")).toEqual([{ version_num: "b2" }]);
  });
});

describe("--log-format json", () => {
  const lines = (stderr: string) =>
    stderr
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);

  test("writes one object a line, with time, level, event, a sentence and the event's fields", async ({ limbeck }) => {
    const { stdout, stderr } = await limbeck("upgrade --log-format json");
    expect(stdout).toBe("2 steps; the database is at b2.\n");
    const told = lines(stderr);
    expect(told.map(({ level, event }) => `${String(level)} ${String(event)}`)).toEqual([
      "info runStart",
      "info plan",
      "info stepStart",
      "info stepEnd",
      "info stepStart",
      "info stepEnd",
      "info runEnd",
    ]);
    expect(told[3]).toEqual({
      time: expect.stringMatching(/^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as unknown,
      level: "info",
      event: "stepEnd",
      msg: expect.stringMatching(/^Done in .*: upgrade {2}-> a1, a1$/) as unknown,
      revision: "a1",
      direction: "upgrade",
      message: "a1",
      durationMs: expect.any(Number) as unknown,
    });
    expect(Object.keys(told[0]!).slice(0, 4)).toEqual(["time", "level", "event", "msg"]);
  });

  test("tells an error once, of a run and of anything else", async ({ limbeck, folder }) => {
    writeRevisions(folder, [BROKEN]);
    const failed = lines((await limbeck("upgrade --log-format=json")).stderr);
    expect(failed.filter(({ level }) => level === "error")).toMatchObject([
      { event: "runFailed", error: { code: "STATEMENT_FAILED" } },
    ]);
    for (const line of ["show nothing", "upgrade --nonsense", "current -c nowhere.ts"]) {
      expect(lines((await limbeck(`${line} --log-format json`)).stderr)).toMatchObject([{ level: "error" }]);
    }
    expect(await limbeck("heads --log-format yaml")).toMatchObject({ exitCode: 2 });
  });

  test("has no password in it, of the connection or of a statement", async ({ limbeck, folder }) => {
    writeRevisions(folder, [SECRET]);
    for (const form of ["json", "text"]) {
      const { stderr, stdout, exitCode } = await limbeck(`upgrade s1 -v --json --log-format ${form}`);
      expect(exitCode).toBe(3);
      expect(stderr).toContain("limbeck_nobody");
      expect(stderr + stdout).not.toContain("hunter2");
    }
  });
});

describe("the log level", () => {
  test.for([
    ["upgrade", {}, /^Running upgrade.*\(\d+ ms\)\nRunning/],
    ["upgrade -v", {}, /^Connected to postgres.*\nRunning upgrade {2}-> a1, a1\n {2}\| CREATE TABLE city/],
    ["upgrade", { LIMBECK_LOG_LEVEL: "debug" }, /^Connected to/],
    ["upgrade", { ALEMBIC_LOG_LEVEL: "DEBUG" }, /^Connected to/],
    ["upgrade", { LIMBECK_LOG_LEVEL: "info", ALEMBIC_LOG_LEVEL: "ERROR" }, /^Running/],
    ["upgrade", { ALEMBIC_LOG_LEVEL: "WARNING" }, /^$/],
    ["upgrade -q", { LIMBECK_LOG_LEVEL: "debug" }, /^$/],
    ["upgrade nothing -q", {}, /^error REVISION_NOT_FOUND/],
    ["upgrade", { LIMBECK_LOG_LEVEL: "loud" }, /^error USAGE: LIMBECK_LOG_LEVEL=loud is no log level/],
  ] as const)("of `%s` with %j", async ([line, env, expected], { limbeck }) => {
    expect((await limbeck(line, env)).stderr).toMatch(expected);
  });

  test("is read from the .env beside the configuration", async ({ limbeck, folder }) => {
    writeFileSync(join(folder, ".env"), "LIMBECK_LOG_LEVEL=error\n");
    expect((await limbeck("upgrade")).stderr).toBe("");
  });
});

describe("--metrics-file", () => {
  const METRIC = /^(\w+)(?:\{((?:\w+="(?:[^"\\\n]|\\[\\"n])*",?)*)\})? (-?\d+(?:\.\d+)?(?:e[-+]?\d+)?)$/;

  /** A strict reading of the text format: help and type in front of each family, each sample once. */
  function parsed(text: string): Map<string, number> {
    const samples = new Map<string, number>();
    let family = "";
    expect(text.endsWith("\n")).toBe(true);
    for (const line of text.slice(0, -1).split("\n")) {
      const help = /^# HELP (\w+) \S.*$/.exec(line);
      const type = /^# TYPE (\w+) gauge$/.exec(line);
      if (help !== null) family = help[1]!;
      else if (type !== null) expect(type[1]).toBe(family);
      else {
        const [, name, labels, value] = METRIC.exec(line) ?? [];
        expect([line, name]).toEqual([line, family]);
        const key = labels === undefined ? name! : `${name!}{${labels}}`;
        expect(samples.has(key)).toBe(false);
        samples.set(key, Number(value));
      }
    }
    return samples;
  }

  test("has the run in Prometheus' text format, and nothing beside it", async ({ limbeck, folder }) => {
    mkdirSync(join(folder, "out"));
    const read = () => parsed(readFileSync(join(folder, "out", "limbeck.prom"), "utf8"));
    const before = Date.now() / 1000;
    await limbeck("upgrade a1 --metrics-file out/limbeck.prom");
    const metrics = read();
    expect(metrics.get("limbeck_last_run_status")).toBe(1);
    expect(metrics.get("limbeck_pending_revisions")).toBe(1);
    expect(metrics.get('limbeck_last_run_steps{direction="upgrade"}')).toBe(1);
    expect(metrics.get('limbeck_step_duration_seconds{revision="a1",direction="upgrade"}')).toBeGreaterThan(0);
    expect(metrics.get("limbeck_last_run_duration_seconds")).toBeGreaterThan(0);
    expect(metrics.get("limbeck_last_run_timestamp_seconds")).toBeGreaterThanOrEqual(before);
    await limbeck("upgrade --metrics-file out/limbeck.prom");
    expect(read().get("limbeck_pending_revisions")).toBe(0);
    writeRevisions(folder, [BROKEN]);
    await limbeck("upgrade --metrics-file out/limbeck.prom");
    expect(read().get("limbeck_last_run_status")).toBe(0);
    expect(read().get("limbeck_pending_revisions")).toBe(1);
    expect(read().get('limbeck_last_run_error{code="STATEMENT_FAILED"}')).toBe(1);
    expect(readdirSync(join(folder, "out"))).toEqual(["limbeck.prom"]);
  });

  test("that cannot be written is a warning, and the run goes on", async ({ limbeck, sql }) => {
    const { exitCode, stderr } = await limbeck("upgrade --metrics-file nowhere/limbeck.prom");
    expect(exitCode).toBe(0);
    expect(stderr).toContain("warning: the metrics could not be written: ENOENT");
    expect(await sql("select version_num from alembic_version")).toEqual([{ version_num: "b2" }]);
  });
});
