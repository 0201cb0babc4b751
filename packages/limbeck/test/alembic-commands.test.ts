import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe } from "vitest";
import { expect, test as base } from "testkit";
import { writeRevisions, type TestRevision } from "./project.ts";
import { limbeck as inProcess, type Output } from "./terminal.ts";

/**
 * What Alembic's commands do, fact by fact: the names are the sentences of the reference page alembic.md, sections 1
 * to 4, without those about defects. Facts about the graph alone are in src/revisions/alembic-facts.test.ts.
 * A test that is marked as failing is a fact that limbeck does not keep yet.
 */
const test = base
  /** A command line in the test's folder and, from its first use, on the test's database. */
  .extend("limbeck", ({ folder, databaseUrl }) => {
    return async (...argv: string[]): Promise<Output> =>
      await inProcess(argv, { cwd: folder, env: { DATABASE_URL: databaseUrl } });
  })
  /** The same where no database can be reached. */
  .extend("offline", ({ folder }) => {
    return async (...argv: string[]): Promise<Output> =>
      await inProcess(argv, { cwd: folder, env: { DATABASE_URL: "postgres://nobody@127.0.0.1:1/nowhere" } });
  });

type Limbeck = (...argv: string[]) => Promise<Output>;

/** aaaa ← bbbb (left), cccc (right), joined by dddd ← eeee; xxxx ← yyyy (extra) depends on left; zzzz depends on eeee. */
const PROJECT: readonly TestRevision[] = [
  { id: "aaaa", message: "Create all\n *\n * More text." },
  { id: "bbbb", down: "aaaa", labels: "left", message: "Two" },
  { id: "cccc", down: "aaaa", labels: "right" },
  { id: "dddd", down: ["bbbb", "cccc"] },
  { id: "eeee", down: "dddd" },
  { id: "xxxx", labels: "extra" },
  { id: "yyyy", down: "xxxx", dependsOn: ["left", "cccc"] },
  { id: "zzzz", dependsOn: "eeee" },
];

/** aaaa ← bbbb and aaaa ← cccc. */
const FORK: readonly TestRevision[] = [{ id: "aaaa" }, { id: "bbbb", down: "aaaa" }, { id: "cccc", down: "aaaa" }];

const LINE: readonly TestRevision[] = [{ id: "aaaa" }, { id: "bbbb", down: "aaaa" }, { id: "cccc", down: "bbbb" }];

async function document<T>(limbeck: Limbeck, ...argv: string[]): Promise<T> {
  const { exitCode, stdout, stderr } = await limbeck(...argv, "--json");
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: expect.not.stringContaining("error") });
  return JSON.parse(stdout) as T;
}

interface Written {
  readonly revision: string;
  readonly downRevision: readonly string[];
  readonly path: string;
}

async function refused(limbeck: Limbeck, ...argv: string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await limbeck(...argv);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
  return stderr;
}

const rowsOf = async (sql: <Row>(text: string) => Promise<Row[]>) =>
  (await sql<{ version_num: string }>("select version_num from alembic_version order by 1")).map(
    (row) => row.version_num,
  );

const tablesOf = async (sql: <Row>(text: string) => Promise<Row[]>) =>
  (await sql<{ name: string }>("select relname as name from pg_class where relnamespace = 'public'::regnamespace")).map(
    ({ name }) => name,
  );

describe("1. Commands", () => {
  test("logs (`Running upgrade a -> b, doc`) go to stderr; command output to stdout", async ({ folder, limbeck }) => {
    writeRevisions(folder, LINE);
    const up = await limbeck("upgrade", "bbbb");
    expect(up.exitCode).toBe(0);
    expect(up.stderr).toMatch(/^Running upgrade {2}?-> aaaa, aaaa.*\nRunning upgrade aaaa -> bbbb, bbbb/);
    expect(up.stdout).not.toContain("Running");
    expect(await limbeck("current")).toMatchObject({ stdout: "bbbb\n", stderr: "" });
  });

  test("`-q/--quiet`", async ({ folder, limbeck }) => {
    writeRevisions(folder, LINE);
    expect((await limbeck("-q", "upgrade", "head")).stderr).toBe("");
  });

  test("`-x k=v` (repeatable)", async ({ folder, limbeck, sql }) => {
    writeRevisions(folder, [
      { id: "aaaa", up: "  op.execute(`create table ${op.arguments.one} (${op.arguments.two} int)`);" },
    ]);
    expect(await limbeck("-x", "one=city", "upgrade", "head", "-x", "two=size")).toMatchObject({ exitCode: 0 });
    expect(await sql("select size from city")).toEqual([]);
  });

  test("list_templates: names and one-line synopsis", async ({ offline }) => {
    expect((await offline("list-templates")).stdout).toMatch(/^ts +\S.*\nsql +\S.*\n$/);
  });

  test("revision: `--head` is `head` by default", async ({ folder, offline }) => {
    writeRevisions(folder, LINE);
    expect(await document<Written>(offline, "revision", "-m", "next")).toMatchObject({ downRevision: ["cccc"] });
  });

  test("revision: does not touch the database", async ({ folder, offline }) => {
    writeRevisions(folder, LINE);
    expect(await offline("revision", "-m", "next")).toMatchObject({ exitCode: 0, stderr: "" });
  });

  test("revision: `--head base` starts a new base, without `--splice`", async ({ folder, offline }) => {
    writeRevisions(folder, LINE);
    const { downRevision } = await document<Written>(offline, "revision", "--head", "base");
    expect(downRevision).toEqual([]);
  });

  test("revision: `--head heads` makes an implicit merge", async ({ folder, offline }) => {
    writeRevisions(folder, FORK);
    const { downRevision } = await document<Written>(offline, "revision", "--head", "heads");
    expect(downRevision).toEqual(["bbbb", "cccc"]);
  });

  test("revision: partial ids in `--depends-on` are expanded, labels are kept; it is repeatable", async ({
    folder,
    offline,
  }) => {
    writeRevisions(folder, PROJECT);
    const argv = ["revision", "--head", "base", "--rev-id", "new1", "--depends-on", "ee", "--depends-on", "left"];
    const { path } = await document<Written>(offline, ...argv);
    expect(readFileSync(path, "utf8")).toContain('export const dependsOn = ["eeee", "left"];');
  });

  test("revision: `--splice`, `--branch-label L`, `--rev-id ID`", async ({ folder, offline }) => {
    writeRevisions(folder, LINE);
    const argv = ["revision", "--head", "bbbb", "--splice", "--branch-label", "side", "--rev-id", "side1"];
    expect(await document<Written>(offline, ...argv)).toMatchObject({ revision: "side1", downRevision: ["bbbb"] });
    expect((await offline("heads")).stdout).toBe("cccc (head)\nside1 (side) (head)\n");
  });

  test("merge: `heads` allowed", async ({ folder, offline }) => {
    writeRevisions(folder, FORK);
    const { downRevision } = await document<Written>(offline, "merge", "heads", "-m", "join");
    expect(downRevision).toEqual(["bbbb", "cccc"]);
  });

  test("merge: `-m`, `--branch-label`, `--rev-id`", async ({ folder, offline }) => {
    writeRevisions(folder, FORK);
    const argv = ["merge", "bbbb", "cccc", "-m", "Join", "--branch-label", "joined", "--rev-id", "mmmm"];
    expect((await document<Written>(offline, ...argv)).path).toBe(join(folder, "migrations", "mmmm_join.ts"));
    expect((await offline("heads")).stdout).toBe("mmmm (joined) (head)\n");
  });

  test("merge: non-head parents need `--splice`", async ({ folder, offline }) => {
    writeRevisions(folder, PROJECT);
    expect(await refused(offline, "merge", "bbbb", "xxxx")).toContain("error NOT_A_HEAD: Revision bbbb");
  });

  test("merge: `--splice` allows non-head parents", async ({ folder, offline }) => {
    writeRevisions(folder, PROJECT);
    const { downRevision } = await document<Written>(offline, "merge", "bbbb", "xxxx", "--splice");
    expect(downRevision).toEqual(["bbbb", "xxxx"]);
  });

  test("upgrade: an ancestor of the current state (or `base`) is a silent no-op, not an error", async ({
    folder,
    limbeck,
    sql,
  }) => {
    writeRevisions(folder, LINE);
    await limbeck("upgrade", "bbbb");
    for (const target of ["aaaa", "base", "bbbb"]) {
      expect(await limbeck("upgrade", target)).toMatchObject({ exitCode: 0, stderr: "" });
    }
    expect(await rowsOf(sql)).toEqual(["bbbb"]);
  });

  test("downgrade: drops everything above TARGET, incl. other branches and dependents. TARGET stays applied", async ({
    folder,
    limbeck,
    sql,
  }) => {
    writeRevisions(folder, PROJECT);
    await limbeck("upgrade", "heads");
    expect(await rowsOf(sql)).toEqual(["yyyy", "zzzz"]);
    expect(await limbeck("downgrade", "aaaa")).toMatchObject({ exitCode: 0 });
    expect(await rowsOf(sql)).toEqual(["aaaa", "xxxx"]);
  });

  test("stamp: writes rows, runs nothing", async ({ folder, limbeck, sql }) => {
    writeRevisions(folder, [{ id: "aaaa", up: `  throw new Error("ran");` }]);
    expect(await limbeck("stamp", "head")).toMatchObject({ exitCode: 0 });
    expect(await rowsOf(sql)).toEqual(["aaaa"]);
  });

  test("stamp: several REVs = several heads", async ({ folder, limbeck, sql }) => {
    writeRevisions(folder, FORK);
    await limbeck("stamp", "bbbb", "cccc");
    expect(await rowsOf(sql)).toEqual(["bbbb", "cccc"]);
  });

  test("stamp: `--purge` empties the table first and so survives unknown ids; without it an unknown id in the table blocks stamp too", async ({
    folder,
    limbeck,
    sql,
  }) => {
    writeRevisions(folder, LINE);
    await limbeck("stamp", "aaaa");
    await sql("update alembic_version set version_num = 'ghost'");
    expect(await limbeck("stamp", "bbbb")).toMatchObject({ exitCode: 3, stdout: "" });
    expect(await rowsOf(sql)).toEqual(["ghost"]);
    expect(await limbeck("stamp", "bbbb", "--purge")).toMatchObject({ exitCode: 0 });
    expect(await rowsOf(sql)).toEqual(["bbbb"]);
  });

  test("current: prints rows plus implied branch tips", async ({ folder, limbeck }) => {
    writeRevisions(folder, PROJECT);
    await limbeck("upgrade", "zzzz");
    expect((await limbeck("current")).stdout).toMatch(/^eeee .*\nzzzz .*\n$/);
  });

  test("current: never creates the version table", async ({ folder, limbeck, sql }) => {
    writeRevisions(folder, LINE);
    expect(await limbeck("current")).toEqual({ exitCode: 0, stdout: "", stderr: "" });
    expect(await tablesOf(sql)).toEqual([]);
  });

  test("current: `-v` (masked URL + full entry)", async ({ folder, limbeck, postgresUrl, databaseUrl }) => {
    writeRevisions(folder, PROJECT);
    await limbeck("stamp", "bbbb");
    const { stdout } = await limbeck("current", "-v");
    expect(stdout).toMatch(
      /^Current revision\(s\) for \S+:\nRev: bbbb\nParent: aaaa\nBranch names: left\nPath: \S+\n\n {4}Two\n/,
    );
    const url = new URL(databaseUrl);
    Object.assign(url, { username: "guarded", password: "right-horse" });
    expect(postgresUrl).not.toContain("right-horse");
    const masked = await limbeck("current", "-v", "--url", url.href);
    expect(masked.stdout + masked.stderr).not.toContain("right-horse");
  });

  test("current: `--check-heads` fails when rows ≠ heads", async ({ folder, limbeck }) => {
    writeRevisions(folder, LINE);
    expect((await limbeck("current", "--check-heads")).exitCode).toBe(1);
    await limbeck("upgrade", "bbbb");
    expect((await limbeck("current", "--check-heads")).exitCode).toBe(1);
    await limbeck("upgrade", "head");
    expect((await limbeck("current", "--check-heads")).exitCode).toBe(0);
  });

  test("heads: heads by down_revision only; with `--resolve-dependencies`, heads not named by any depends_on", async ({
    folder,
    offline,
  }) => {
    writeRevisions(folder, PROJECT);
    expect((await offline("heads")).stdout.match(/^\w+/gm)).toEqual(["eeee", "yyyy", "zzzz"]);
    expect((await offline("heads", "--resolve-dependencies")).stdout).toBe("yyyy (extra) (head)\nzzzz (head)\n");
  });

  test("heads: marks `(head)` / `(effective head)`", async ({ folder, offline }) => {
    writeRevisions(folder, PROJECT);
    expect((await offline("heads")).stdout).toBe(
      "eeee (left, right) (effective head)\nyyyy (extra) (head)\nzzzz (head)\n",
    );
  });

  test("branches: every branch point with its children; prints branch points even when since merged", async ({
    folder,
    offline,
  }) => {
    writeRevisions(folder, PROJECT);
    expect((await offline("branches")).stdout).toMatch(
      /\baaaa \(branchpoint\).*\n +-> bbbb \(left\)\n +-> cccc \(right\)\n$/,
    );
    expect((await offline("branches", "-v")).stdout).toContain(
      "Rev: aaaa (branchpoint)\nParent: <base>\nBranches into: bbbb, cccc\n",
    );
  });

  test("branches: the branch point without its parent, the children indented by five", async ({ folder, offline }) => {
    writeRevisions(folder, PROJECT);
    expect((await offline("branches")).stdout).toBe("aaaa (branchpoint)\n     -> bbbb (left)\n     -> cccc (right)\n");
  });

  test("history: newest first", async ({ folder, offline }) => {
    writeRevisions(folder, LINE);
    expect((await offline("history")).stdout).toBe(
      "bbbb -> cccc (head), cccc\naaaa -> bbbb, bbbb\n<base> -> aaaa, aaaa\n",
    );
  });

  test("history: `-i` connects, marks `(current)`", async ({ folder, limbeck, sql }) => {
    writeRevisions(folder, LINE);
    await limbeck("stamp", "bbbb");
    expect((await limbeck("history", "-i", "-r", "aaaa:bbbb")).stdout).toBe(
      "aaaa -> bbbb (current), bbbb\n<base> -> aaaa, aaaa\n",
    );
    expect((await limbeck("history", "--graph", "-i")).stdout).toBe(
      "* cccc (head) cccc\n* bbbb (current) bbbb\n* aaaa aaaa\n",
    );
    await sql("drop table alembic_version");
    await limbeck("history", "-i");
    expect(await tablesOf(sql)).not.toContain("alembic_version");
  });

  test("show: one log entry per match", async ({ folder, offline }) => {
    writeRevisions(folder, FORK);
    expect((await offline("show", "heads")).stdout.match(/^Rev: .*$/gm)).toEqual([
      "Rev: bbbb (head)",
      "Rev: cccc (head)",
    ]);
  });

  test("show, edit: `current` allowed", async ({ folder, limbeck }) => {
    writeRevisions(folder, LINE);
    await limbeck("stamp", "bbbb");
    expect((await limbeck("show", "current")).stdout).toMatch(/^Rev: bbbb\n/);
    const { paths } = await document<{ paths: string[] }>(limbeck, "edit", "current");
    expect(paths).toEqual([join(folder, "migrations", "bbbb_step.ts")]);
  });

  test("edit: `$EDITOR`/`$VISUAL`", async ({ folder }) => {
    writeRevisions(folder, LINE);
    for (const name of ["EDITOR", "VISUAL"]) {
      const env = { [name]: "false", PATH: process.env["PATH"] };
      expect((await inProcess(["edit", "head"], { cwd: folder, env })).exitCode).not.toBe(0);
      expect((await inProcess(["edit", "head"], { cwd: folder, env: { ...env, [name]: "true" } })).exitCode).toBe(0);
    }
  });

  test("edit: `No revision files indicated by symbol 'X'`", async ({ folder, offline }) => {
    writeRevisions(folder, LINE);
    expect(await refused(offline, "edit", "zzzz")).toContain("error REVISION_NOT_FOUND: No revision goes by zzzz");
  });

  test("edit: `No current revisions`", async ({ folder, databaseUrl }) => {
    writeRevisions(folder, LINE);
    const env = { DATABASE_URL: databaseUrl, EDITOR: "true", PATH: process.env["PATH"] };
    expect((await inProcess(["edit", "current"], { cwd: folder, env })).exitCode).not.toBe(0);
  });

  test("check: fails if the database is behind, or there is a second head", async ({ folder, limbeck }) => {
    writeRevisions(folder, FORK.slice(0, 2));
    expect((await limbeck("check")).exitCode).toBe(1);
    await limbeck("upgrade");
    expect((await limbeck("check")).exitCode).toBe(0);
    writeRevisions(folder, FORK);
    await limbeck("upgrade", "heads");
    expect((await limbeck("check")).exitCode).toBe(1);
  });

  test("ensure_version: only creates the version table; `--sql`", async ({ folder, limbeck, sql }) => {
    mkdirSync(join(folder, "migrations"));
    const { stdout } = await limbeck("ensure-version", "--sql");
    expect(stdout).toContain("CREATE TABLE");
    expect(await tablesOf(sql)).toEqual([]);
    expect(await limbeck("ensure-version")).toMatchObject({ exitCode: 0 });
    expect(await rowsOf(sql)).toEqual([]);
  });
});

describe("1. Line formats", () => {
  test("history `<down> (<deps>) -> <rev> (<labels>) (head) (current) (branchpoint) (mergepoint), <first paragraph of docstring>`, `<base>` for none", async ({
    folder,
    limbeck,
  }) => {
    writeRevisions(folder, PROJECT);
    await limbeck("stamp", "yyyy");
    expect((await limbeck("history", "-i", "-r", ":yyyy")).stdout).toBe(
      [
        "xxxx (bbbb, cccc) -> yyyy (extra) (head) (current), yyyy",
        "<base> -> xxxx (extra), xxxx",
        "aaaa -> cccc (right), cccc",
        "aaaa -> bbbb (left), Two",
        "<base> -> aaaa (branchpoint), Create all",
        "",
      ].join("\n"),
    );
    expect((await limbeck("history", "-r", "dddd:dddd")).stdout).toBe(
      "bbbb, cccc -> dddd (left, right) (mergepoint), dddd\n",
    );
  });

  test("heads/current `<rev> (<labels>) (head)`", async ({ folder, limbeck }) => {
    writeRevisions(folder, PROJECT);
    await limbeck("stamp", "yyyy");
    expect((await limbeck("heads", "--resolve-dependencies")).stdout).toContain("yyyy (extra) (head)\n");
    expect((await limbeck("current")).stdout).toContain("yyyy (extra) (head)\n");
  });

  test("step log `upgrade a, b -> c`", async ({ folder, limbeck }) => {
    writeRevisions(folder, PROJECT);
    await limbeck("stamp", "bbbb", "cccc");
    expect((await limbeck("upgrade", "dddd")).stderr).toMatch(/^Running upgrade bbbb, cccc -> dddd, dddd/);
    expect((await limbeck("downgrade", "-1")).stderr).toMatch(/^Running downgrade dddd -> bbbb, cccc, dddd/);
  });

  test("verbose entry `Rev: … / Parent: … | Merges: … / Also depends on: … / Branches into: … / Branch names: … / Path: … / docstring`", async ({
    folder,
    offline,
  }) => {
    writeRevisions(folder, PROJECT);
    expect((await offline("show", "yyyy")).stdout).toBe(
      "Rev: yyyy (head)\nParent: xxxx\nAlso depends on: bbbb, cccc\nBranch names: extra\nPath: migrations/yyyy_step.ts\n\n    yyyy\n",
    );
    expect((await offline("show", "dddd")).stdout).toMatch(
      /^Rev: dddd \(mergepoint\)\nMerges: bbbb, cccc\nBranch names: left, right\nPath: /,
    );
    expect((await offline("show", "aaaa")).stdout).toBe(
      "Rev: aaaa (branchpoint)\nParent: <base>\nBranches into: bbbb, cccc\nPath: migrations/aaaa_step.ts\n\n    Create all\n\n    More text.\n",
    );
  });
});

describe("2. Revision identifiers", () => {
  test("`+N` / `-N`: from the database's rows, on the command line too", async ({ folder, limbeck, sql }) => {
    writeRevisions(folder, LINE);
    await limbeck("upgrade", "+2");
    expect(await rowsOf(sql)).toEqual(["bbbb"]);
    await limbeck("downgrade", "-1");
    expect(await rowsOf(sql)).toEqual(["aaaa"]);
  });

  test("`[start]:[end]` in history: inclusive both ends; `-r -3:`, `-r base:+2`", async ({ folder, offline }) => {
    writeRevisions(folder, LINE);
    const shown = async (range: string) =>
      (await offline("history", "-r", range)).stdout.match(/(?<=-> )\w+/g)?.join(" ");
    expect(await shown("aaaa:bbbb")).toBe("bbbb aaaa");
    expect(await shown("-1:")).toBe("cccc bbbb");
    expect(await shown("base:+2")).toBe("bbbb aaaa");
  });

  test("`a:b`: `--sql`; the offline start is taken on trust", async ({ folder, offline }) => {
    writeRevisions(folder, LINE);
    const { stdout } = await offline("upgrade", "aaaa:bbbb", "--sql");
    expect(stdout.match(/^-- Running .*$/gm)).toEqual(["-- Running upgrade aaaa -> bbbb, bbbb"]);
    expect(stdout).toContain("UPDATE public.alembic_version SET version_num = 'bbbb' WHERE version_num = 'aaaa'");
  });
});

describe("3. Version table and step rules", () => {
  test("`alembic_version(version_num VARCHAR(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY)`", async ({
    folder,
    limbeck,
    sql,
  }) => {
    writeRevisions(folder, LINE);
    await limbeck("upgrade", "aaaa");
    const columns = await sql(
      `select attname, format_type(atttypid, atttypmod) as type, attnotnull from pg_attribute
        where attrelid = 'alembic_version'::regclass and attnum > 0`,
    );
    expect(columns).toEqual([{ attname: "version_num", type: "character varying(32)", attnotnull: true }]);
    expect(
      await sql(
        "select conname, contype from pg_constraint where conrelid = 'alembic_version'::regclass and contype <> 'n'",
      ),
    ).toEqual([{ conname: "alembic_version_pkc", contype: "p" }]);
  });

  test("one row per applied revision that no other applied revision has as parent or (normalised) dependency", async ({
    folder,
    limbeck,
    sql,
  }) => {
    writeRevisions(folder, PROJECT);
    const seen: string[][] = [];
    for (const target of ["bbbb", "cccc", "xxxx", "yyyy", "dddd", "zzzz"]) {
      expect(await limbeck("upgrade", target)).toMatchObject({ exitCode: 0 });
      seen.push(await rowsOf(sql));
    }
    expect(seen.map((rows) => rows.join(" "))).toEqual([
      "bbbb",
      "bbbb cccc",
      "bbbb cccc xxxx",
      "yyyy",
      "dddd yyyy",
      "yyyy zzzz",
    ]);
    expect(await limbeck("downgrade", "base")).toMatchObject({ exitCode: 0 });
    expect(await rowsOf(sql)).toEqual([]);
  });

  test("load order = file names sorted per directory, directories in `version_locations` order", async ({
    folder,
    offline,
  }) => {
    writeFileSync(join(folder, "limbeck.config.json"), JSON.stringify({ migrations: ["zoo", "ant"] }));
    for (const [location, name, id] of [
      ["ant", "1.sql", "first"],
      ["ant", "10.sql", "second"],
      ["ant", "2.sql", "third"],
      ["zoo", "9.sql", "before"],
    ] as const) {
      mkdirSync(join(folder, location), { recursive: true });
      writeFileSync(join(folder, location, name), `-- revision: ${id}\n-- downRevision: null\n`);
    }
    expect((await offline("heads")).stdout.match(/^\w+/gm)).toEqual(["before", "first", "second", "third"]);
  });

  test("online UPDATE/DELETE must hit one row: `Online migration expected to match one row when updating 'a' to 'b' in 'alembic_version'; 0 found`", async ({
    folder,
    limbeck,
    sql,
  }) => {
    writeRevisions(folder, [
      { id: "aaaa" },
      { id: "bbbb", down: "aaaa", up: `  op.execute("delete from alembic_version");`, undo: "" },
    ]);
    const { exitCode, stderr } = await limbeck("upgrade", "head");
    expect(exitCode).toBe(3);
    expect(stderr).toContain("error VERSION_ROW_CHANGED");
    expect(await rowsOf(sql)).toEqual(["aaaa"]);
  });
});

describe("4. Errors", () => {
  test("`Multiple heads are present; please specify the head revision on which the new revision should be based, or perform a merge.`", async ({
    folder,
    offline,
  }) => {
    writeRevisions(folder, FORK);
    const stderr = await refused(offline, "revision", "-m", "next");
    expect(stderr).toContain("error MULTIPLE_HEADS");
    expect(stderr).toContain("limbeck merge");
  });

  test("`Multiple heads are present; please specify … a single target revision` (stamp)", async ({
    folder,
    limbeck,
  }) => {
    writeRevisions(folder, FORK);
    expect(await refused(limbeck, "stamp", "head")).toContain("error MULTIPLE_HEADS");
  });

  test("`Revision X is not a head revision; please specify --splice to create a new branch from this revision`", async ({
    folder,
    offline,
  }) => {
    writeRevisions(folder, LINE);
    const stderr = await refused(offline, "revision", "--head", "aaaa");
    expect(stderr).toMatch(/error NOT_A_HEAD: Revision aaaa is no head[^]*--splice/);
  });

  test("`Duplicate head revisions specified`", async ({ folder, offline }) => {
    writeRevisions(folder, FORK);
    expect(await refused(offline, "merge", "bbbb", "bb")).toContain("only bbbb is named");
  });

  test("`Multiple version locations present, please specify --version-path`; `Path P is not represented in current version locations`", async ({
    folder,
    offline,
  }) => {
    for (const location of ["core", "extra"]) mkdirSync(join(folder, location));
    writeFileSync(join(folder, "limbeck.config.json"), JSON.stringify({ migrations: ["core", "extra"] }));
    expect(await refused(offline, "revision", "--rev-id", "aaaa")).toContain("--version-path");
    expect(await refused(offline, "revision", "--rev-id", "aaaa", "--version-path", "else")).toContain(
      "else is none of the migrations folders",
    );
    await document<Written>(offline, "revision", "--rev-id", "aaaa", "--version-path", "extra");
    await document<Written>(offline, "revision", "--rev-id", "bbbb");
    expect(readdirSync(join(folder, "extra")).filter((name) => /^[ab]{4}/.test(name))).toHaveLength(2);
  });

  test("`Character(s) '-' not allowed in revision identifier '…'`", async ({ folder, offline }) => {
    writeRevisions(folder, LINE);
    expect(await refused(offline, "revision", "--rev-id", "a-b")).toContain("error REVISION_ID_INVALID");
  });

  test("`downgrade with --sql requires <fromrev>:<torev>`", async ({ folder, offline }) => {
    writeRevisions(folder, LINE);
    expect(await refused(offline, "downgrade", "aaaa", "--sql")).toContain("error TARGET_INVALID");
  });

  test("`Range revision not allowed`", async ({ folder, limbeck }) => {
    writeRevisions(folder, LINE);
    expect(await refused(limbeck, "upgrade", "aaaa:bbbb")).toMatch(/error TARGET_INVALID: aaaa:bbbb is a range/);
  });

  test("`Can't use --purge with --sql mode`; `Stamp operation with --sql only supports a single starting revision at a time`", async ({
    folder,
    offline,
  }) => {
    writeRevisions(folder, FORK);
    expect(await refused(offline, "stamp", "bbbb", "--purge", "--sql")).toContain("error USAGE");
    expect(await refused(offline, "stamp", "bbbb", "cccc", "--sql")).toContain("error USAGE");
  });

  test("`Path doesn't exist: P.  Please use the 'init' command to create a new scripts folder.`", async ({
    offline,
  }) => {
    expect(await refused(offline, "heads")).toMatch(/error MIGRATIONS_NOT_FOUND: [^]*limbeck init/);
  });

  test("`Could not determine revision id from filename F. …`", async ({ folder, offline }) => {
    const migrations = writeRevisions(folder, LINE);
    writeFileSync(join(migrations, "2025_lost.ts"), "export async function upgrade() {}\n");
    expect(await refused(offline, "heads")).toMatch(/error REVISION_FILE_INVALID: [^]*2025_lost\.ts/);
  });

  test("`Can't locate timezone: Z`", async ({ folder, offline }) => {
    writeRevisions(folder, LINE);
    writeFileSync(join(folder, "limbeck.config.json"), JSON.stringify({ timezone: "Mars/Olympus" }));
    expect(await refused(offline, "revision")).toMatch(/error CONFIG_INVALID: .*timezone/);
  });

  test("`Cycle is detected in revisions (a, b)`, at load", async ({ folder, offline }) => {
    writeRevisions(folder, [
      { id: "aaaa", down: "bbbb" },
      { id: "bbbb", down: "aaaa" },
    ]);
    for (const argv of [["heads"], ["history"], ["revision"], ["upgrade"], ["stamp", "head"]]) {
      expect(await refused(offline, ...argv)).toMatch(/error REVISION_CYCLE: .*aaaa_step\.ts.*bbbb_step\.ts/);
    }
  });

  test("`Revision X referenced from Y is not present`", async ({ folder, offline }) => {
    writeRevisions(folder, [{ id: "bbbb", down: "gone" }]);
    expect(await refused(offline, "history")).toMatch(/error PARENT_NOT_FOUND: .*bbbb_step\.ts.*"gone"/);
  });

  test("`Target database is not up to date.`", async ({ folder, limbeck }) => {
    writeRevisions(folder, LINE);
    const { exitCode, stdout } = await limbeck("check");
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: expect.stringContaining("3 not applied") });
  });
});

describe("where limbeck does otherwise on purpose", () => {
  test("an id is the UTC time, and no part of a uuid4", async ({ folder, offline }) => {
    writeRevisions(folder, LINE);
    expect((await document<Written>(offline, "revision")).revision).toMatch(/^20\d{12}$/);
  });

  test("`--rev-id` of an existing revision is an error, no warning", async ({ folder, offline }) => {
    writeRevisions(folder, LINE);
    expect(await refused(offline, "revision", "--rev-id", "bbbb")).toContain("error REVISION_DUPLICATE");
  });

  test("merge of one head, or of base, is an error", async ({ folder, offline }) => {
    writeRevisions(folder, LINE);
    for (const argv of [["merge"], ["merge", "heads"], ["merge", "base"]]) {
      expect(await refused(offline, ...argv)).toContain("error TARGET_INVALID");
    }
  });

  test("init in a folder that is not empty keeps what is there, and is no error", async ({ folder, offline }) => {
    writeRevisions(folder, LINE);
    expect((await offline("init")).exitCode).toBe(0);
    expect(existsSync(join(folder, "migrations", "aaaa_step.ts"))).toBe(true);
  });

  test("show -1 counts from where the database is, and not from the heads", async ({ folder, limbeck }) => {
    writeRevisions(folder, LINE);
    await limbeck("stamp", "bbbb");
    expect((await limbeck("show", "-1")).stdout).toMatch(/^Rev: aaaa\n/);
  });

  test("stamp takes `+1`, from where the database is", async ({ folder, limbeck, sql }) => {
    writeRevisions(folder, LINE);
    await limbeck("stamp", "aaaa");
    expect(await limbeck("stamp", "+1")).toMatchObject({ exitCode: 0 });
    expect(await rowsOf(sql)).toEqual(["bbbb"]);
  });
});
