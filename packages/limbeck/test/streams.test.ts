import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe } from "vitest";
import { expect, run, test as base } from "testkit";
import { commands } from "../src/cli/commands.ts";
import { Limbeck } from "../src/index.ts";
import { writeRevisions } from "./project.ts";
import { limbeck, type Output, type Surroundings } from "./terminal.ts";

const BIN = fileURLToPath(new URL("../bin/limbeck.cjs", import.meta.url));

const REVISIONS = [
  { id: "a1", up: `op.createTable("city", column("id", "integer"));`, undo: `op.dropTable("city");` },
  { id: "b2", down: "a1", labels: "main" },
];

type Line = (line: string, more?: Omit<Surroundings, "cwd">) => Promise<Output>;

/** Two ways to run a command line in a project of two revisions: on the test's database, and on none. */
const test = base
  .extend("graph", ({ folder }): Line => {
    writeRevisions(folder, REVISIONS);
    return (line, more = {}) => limbeck(line.split(" "), { cwd: folder, ...more });
  })
  .extend("project", ({ folder, graph, databaseUrl }): Line => {
    writeFileSync(join(folder, "limbeck.config.json"), JSON.stringify({ url: databaseUrl }));
    return graph;
  });

describe("--json", () => {
  const LINES = [
    "init elsewhere",
    "heads",
    "heads --resolve-dependencies",
    "branches",
    "history -r :head -i",
    "show head",
    "current",
    "ensure-version",
    "upgrade +1",
    "upgrade",
    "check",
    "status",
    "repair",
    "lint",
    "diff",
    "test",
    "verify",
    "dump",
    "erd",
    "downgrade base",
    "downgrade -1",
    "stamp head",
    "upgrade a1:b2 --sql",
    "downgrade b2:a1 --sql",
    "stamp a1:b2 --sql",
    "ensure-version --sql",
    "revision -m third --rev-id c3",
    "revision -m other --rev-id d4 --head b2 --splice",
    "merge -m both",
    "list-templates",
    "show nothing",
    "upgrade nothing",
    "downgrade",
    "nothing",
    "current --nothing",
    "current -c nowhere.ts",
    "current --url nowhere:",
    "",
  ];

  test("prints exactly one JSON document for every command, also when it fails", async ({ project }) => {
    for (const line of LINES) {
      const { stdout, exitCode } = await project(`${line} --json`.trim());
      const answer = JSON.parse(stdout) as { error?: { code: string } };
      expect([line, typeof answer, stdout.endsWith("}\n")]).toEqual([line, "object", true]);
      expect([line, "error" in answer]).toEqual([line, exitCode > 1]);
    }
    const named = new Set(LINES.map((line) => line.split(" ")[0]));
    const left = Object.keys(commands).filter((name) => !named.has(name));
    // `edit` opens an editor, the others have tests of their own.
    expect(left).toEqual(["baseline", "import", "rebase", "edit", "backup", "restore", "completion"]);
  });

  test("is what the library's method returns", async ({ project, folder }) => {
    await project("upgrade a1");
    const library = await Limbeck.open({ cwd: folder });
    const asks: Record<string, () => Promise<unknown>> = {
      heads: () => library.heads(),
      "heads --resolve-dependencies": () => library.heads({ resolveDependencies: true }),
      branches: () => library.branches(),
      history: () => library.history(),
      "history -r :a1 -i": () => library.history({ range: ":a1", indicateCurrent: true }),
      "show main": () => library.show("main"),
      current: () => library.current(),
      "current --check-heads": () => library.current(),
      check: () => library.check(),
      status: () => library.status(),
      "upgrade a1": () => library.upgrade("a1"),
      "ensure-version": () => library.ensureVersion(),
      "stamp a1": () => library.stamp("a1"),
    };
    for (const [line, ask] of Object.entries(asks)) {
      const { stdout } = await project(`${line} --json`);
      expect([line, JSON.parse(stdout)]).toEqual([line, JSON.parse(JSON.stringify(await ask()))]);
    }
    await library.close();
  });

  test("of a range that counts from where the database stands asks the database", async ({ project }) => {
    await project("upgrade a1");
    for (const range of ["main@+1:", "+1:", "+1:main"]) {
      const { stdout } = await project(`history --json -r ${range}`);
      expect([range, JSON.parse(stdout)]).toMatchObject([range, { revisions: [{ revision: "b2" }] }]);
    }
  });
});

describe("stdout and stderr", () => {
  test("carry the answer, and what is told on the way", async ({ project }) => {
    expect(await project("upgrade")).toEqual({
      exitCode: 0,
      stdout: "2 steps; the database is at b2.\n",
      stderr: expect.stringMatching(
        /^Running upgrade {2}-> a1, a1 \(.* ms\)\nRunning upgrade a1 -> b2, b2 \(.* ms\)\n$/,
      ) as unknown,
    });
    expect(await project("downgrade -1 -q")).toEqual({
      exitCode: 0,
      stdout: "1 step; the database is at a1.\n",
      stderr: "",
    });
    expect(await project("upgrade nothing -q")).toMatchObject({
      stdout: "",
      stderr: expect.stringContaining("REVISION_NOT_FOUND") as unknown,
    });
    expect(await project("upgrade nothing")).toMatchObject({ stdout: "" });
    expect(await project("nothing")).toMatchObject({ exitCode: 2, stdout: "" });
    expect(await project("upgrade --help")).toMatchObject({ exitCode: 0, stderr: "" });
  });

  test("--sql prints SQL and nothing else", async ({ project }) => {
    const { stdout, stderr } = await project("upgrade --sql");
    expect(stderr).toBe("");
    expect(stdout).toMatch(/^-- limbeck .*\n\\set ON_ERROR_STOP on\n/);
    expect(stdout).toMatch(/COMMIT;\n$/);
  });

  test("a step that fails ends its line before the error", async ({ project, folder }) => {
    writeRevisions(folder, [{ id: "c3", down: "b2", up: `op.execute("SELECT 1 / 0");` }]);
    const { stderr } = await project("upgrade");
    expect(stderr).toMatch(/^Running upgrade b2 -> c3, c3\nerror STATEMENT_FAILED: /m);
  });
});

describe("colours", () => {
  const coloured = (text: string): boolean => text.includes("\u001B[");
  const BOTH = { stdout: true, stderr: true };

  test.for([
    [{}, false],
    [{ isTTY: BOTH }, true],
    [{ isTTY: BOTH, env: { NO_COLOR: "1" } }, false],
    [{ isTTY: BOTH, env: { NO_COLOR: "" } }, true],
    [{ isTTY: BOTH, env: { TERM: "dumb" } }, false],
    [{ isTTY: BOTH, env: { CI: "true" } }, false],
    [{ isTTY: BOTH, env: { FORCE_COLOR: "0" } }, false],
    [{ env: { FORCE_COLOR: "1" } }, true],
    [{ env: { FORCE_COLOR: "1", CI: "true", TERM: "dumb" } }, true],
    [{ env: { FORCE_COLOR: "1", NO_COLOR: "1" } }, false],
  ] as const)("with %j: %s", async ([more, expected], { graph }) => {
    const [answer, error, off, offError, json] = await Promise.all([
      graph("heads", more),
      graph("show nothing", more),
      graph("heads --no-color", more),
      graph("--no-color show nothing", more),
      graph("heads --json", more),
    ]);
    expect(coloured(answer.stdout)).toBe(expected);
    expect(coloured(error.stderr)).toBe(expected);
    expect([off.stdout, offError.stderr, json.stdout].some(coloured)).toBe(false);
  });

  test("are for the stream that people look at", async ({ graph }) => {
    const onlyOut = { isTTY: { stdout: true } };
    expect(coloured((await graph("heads", onlyOut)).stdout)).toBe(true);
    expect(coloured((await graph("show nothing", onlyOut)).stderr)).toBe(false);
    const onlyErr = { isTTY: { stderr: true } };
    expect(coloured((await graph("heads", onlyErr)).stdout)).toBe(false);
    expect(coloured((await graph("show nothing", onlyErr)).stderr)).toBe(true);
  });
});

describe("the built command", () => {
  const shell = (script: string, cwd: string) =>
    run("bash", ["-c", `set -o pipefail; ${script}`, "bash", BIN], { cwd });

  test("minds no pipe that is closed early", async ({ folder }) => {
    expect(
      existsSync(fileURLToPath(new URL("../dist/bin/limbeck.cjs", import.meta.url))),
      "npm run build comes first",
    ).toBe(true);
    mkdirSync(join(folder, "migrations"));
    for (let id = 1; id <= 2500; id++) {
      const header = `-- revision: ${id}\n-- downRevision: ${id === 1 ? "null" : id - 1}\n-- ${"A long message. ".repeat(4)}\n-- upgrade\n`;
      writeFileSync(join(folder, "migrations", `${id}_step.sql`), header);
    }
    for (const line of ["history", "history -v", "history --json"]) {
      const { exitCode, stdout, stderr } = await shell(`node "$1" ${line} | head -1`, folder);
      expect([line, exitCode, stderr]).toEqual([line, 0, ""]);
      expect(stdout.split("\n")).toHaveLength(2);
    }
    const whole = await run(process.execPath, [BIN, "history", "--json"], { cwd: folder });
    expect((JSON.parse(whole.stdout) as { revisions: unknown[] }).revisions).toHaveLength(2500);
  });

  test.for([
    ["that has no room", ">/dev/full"],
    ["in which a part has room", ">cut.sql"],
  ])("says so when its answer goes into a file %s", async ([, to], { graph, folder }) => {
    await graph("heads");
    for (const line of ["upgrade --sql", "upgrade --sql --json"]) {
      const { exitCode, stderr } = await shell(`trap '' XFSZ; ulimit -f 1; node "$1" ${line} ${to}`, folder);
      expect(stderr).toMatch(/^error FILE_WRITE_FAILED: The answer could not be written: /m);
      expect(exitCode).toBe(2);
    }
  });

  test("says the same as in this process, with the same exit codes", async ({ project, folder }) => {
    for (const line of [
      "--version",
      "heads",
      "upgrade a1",
      "current --check-heads",
      "show nothing",
      "nothing",
      "current -c nowhere.ts --json",
    ]) {
      const built = await run(process.execPath, [BIN, ...line.split(" ")], { cwd: folder });
      const here = await project(line);
      if (line.startsWith("upgrade"))
        expect(built).toMatchObject({ exitCode: 0, stdout: "1 step; the database is at a1.\n" });
      else expect([line, built]).toEqual([line, { ...here, signal: null }]);
    }
  });

  test.for(["commonjs", "module"])(
    "loads files of every kind in a package of type %s",
    async (type, { folder, databaseUrl }) => {
      const url = JSON.stringify(databaseUrl);
      writeRevisions(folder, [{ id: "a1" }]);
      const revision = (id: string, down: string) =>
        `export const revision = "${id}";\nexport const downRevision = "${down}";\n`;
      const files: Record<string, string> = {
        "package.json": JSON.stringify({ type }),
        "plain.ts": `import { defineConfig } from "limbeck";\nexport default defineConfig({ url: ${url} });`,
        "typed.ts": `import { defineConfig, type Config } from "limbeck";\nconst config: Config = { url: ${url} };\nexport default defineConfig(config);`,
        "module.mjs": `import { sep } from "node:path";\nexport default { url: ${url}, migrations: "." + sep + "migrations" };`,
        "common.js": `${type === "commonjs" ? "module.exports =" : "export default"} { url: ${url} };`,
        "data.json": `{ "url": ${url} }`,
        "migrations/b2.ts": `import { sql, type Operations } from "limbeck";\n${revision("b2", "a1")}export const upgrade = async (op: Operations): Promise<void> => op.execute(sql\`SELECT \${1 as number}\`);\n`,
        "migrations/c3.mjs": `import { sql } from "limbeck";\nimport "node:path";\n${revision("c3", "b2")}export const upgrade = (op) => op.execute(sql\`SELECT \${1}\`);\n`,
        "migrations/d4.ts": `${revision("d4", "c3")}enum A { B = "SELECT 1" }\nexport function upgrade(op: any) { op.execute(A.B); }\n`,
      };
      for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
      const targets = ["a1", "b2", "c3", "d4", "d4"];
      for (const config of Object.keys(files).filter((name) => !/^(?:package|migrations)/.test(name))) {
        const { exitCode, stdout, stderr } = await run(
          process.execPath,
          [BIN, "upgrade", targets.shift()!, "-q", "-c", config],
          { cwd: folder },
        );
        expect([config, exitCode, stderr, stdout]).toEqual([
          config,
          0,
          "",
          expect.stringMatching(/^(?:1 step; |Nothing to do)/),
        ]);
      }
    },
  );

  test("leaves no process behind when a connection is refused", async ({ folder, databaseUrl }) => {
    writeRevisions(folder, [{ id: "a1" }]);
    const url = databaseUrl.replace(/\/\/[^@]*@/, "//guarded@");
    // A login that is given up and stays open would hold the process for as long as the server waits for it.
    const { exitCode, stderr } = await run(process.execPath, [BIN, "current", "--url", url], {
      cwd: folder,
      timeout: 20_000,
    });
    expect([exitCode, stderr.split(":")[0]]).toEqual([3, "error DATABASE_AUTHENTICATION_FAILED"]);
  });
});
