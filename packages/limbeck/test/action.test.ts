import { once } from "node:events";
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { expect, run, test as base } from "testkit";
import { describe } from "vitest";
import { writeRevisions } from "./project.ts";

const main = new URL("../../../action/main.mjs", import.meta.url).pathname;
const binary = new URL("../bin/limbeck.cjs", import.meta.url).pathname;

const FIRST = { id: "1", up: `op.createTable("city", column("id", "bigint"));`, undo: `op.dropTable("city");` };
const SECOND = {
  id: "2",
  down: "1",
  up: `op.addColumn("city", column("name", "text"));\nop.createIndex("ix", "city", ["name"]);`,
  undo: `op.dropColumn("city", "name");`,
};

interface Asked {
  readonly method: string;
  readonly url: string;
  readonly token: string | undefined;
  readonly body: { readonly body?: string };
}

/** What is asked of GitHub: the second page of files has the second revision, and comments are kept. */
const test = base
  .extend("github", { scope: "file" }, async ({}, { onCleanup }) => {
    const asked: Asked[] = [];
    const comments: { id: number; body: string }[] = [{ id: 1, body: "somebody else's" }];
    const state = { asked, comments, status: 200, url: "" };
    const server = createServer((request, response) => {
      const answer = async (): Promise<void> => {
        const body = JSON.parse((await text(request)) || "{}") as Asked["body"];
        const { method = "", url = "", headers } = request;
        asked.push({ method, url, token: headers.authorization, body });
        response.statusCode = state.status;
        if (method === "POST") comments.push({ id: 7, body: body.body! });
        if (method === "PATCH") comments.find(({ id }) => url.endsWith(`/${id}`))!.body = body.body!;
        if (url.includes("/files") && !url.includes("page=2&x"))
          response.setHeader("link", `<${state.url}/repos/ada/atlas/pulls/5/files?page=2&x>; rel="next"`);
        response.end(JSON.stringify(answerTo(url)));
      };
      void answer();
    }).listen(0, "127.0.0.1");
    const answerTo = (url: string): unknown => {
      if (url.includes("/comments")) return comments;
      const second = [{ filename: "db/migrations/2_step.ts", status: "added" }];
      return url.includes("page=2&x") ? second : [{ filename: "README.md", status: "modified" }];
    };
    await once(server, "listening");
    onCleanup(() => void server.close());
    state.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    return state;
  })
  .extend("action", ({ folder, github }) => {
    github.asked.length = 0;
    github.status = 200;
    const project = join(folder, "db");
    mkdirSync(join(project, "node_modules/.bin"), { recursive: true });
    symlinkSync(binary, join(project, "node_modules/.bin/limbeck"));
    writeFileSync(join(project, "limbeck.config.json"), "{}");
    writeRevisions(project, [FIRST, SECOND]);
    const file = (name: string): string => join(folder, name);
    writeFileSync(file("event.json"), JSON.stringify({ pull_request: { number: 5 } }));
    /** One step of a job: inputs as GitHub hands them over, and what the runner would see afterwards. */
    return async (inputs: Record<string, string>, isPull = true) => {
      for (const name of ["output", "summary"]) rmSync(file(name), { force: true });
      const given = { "working-directory": "db", token: "t0ken", comment: "true", ...inputs };
      const { exitCode, stdout, stderr } = await run(process.execPath, [main], {
        env: {
          ...Object.fromEntries(Object.entries(given).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])),
          GITHUB_WORKSPACE: folder,
          GITHUB_REPOSITORY: "ada/atlas",
          GITHUB_API_URL: github.url,
          GITHUB_OUTPUT: file("output"),
          GITHUB_STEP_SUMMARY: file("summary"),
          GITHUB_EVENT_PATH: isPull ? file("event.json") : undefined,
          DATABASE_URL: undefined,
        },
      });
      const read = (name: string): string => readFileSync(file(name), "utf8");
      return { exitCode, stdout, stderr, read };
    };
  });

describe("the action", () => {
  test("check, upgrade, check: no, done, yes", async ({ action, databaseUrl }) => {
    const url = databaseUrl.replace(/\/\/([^:@/]*)@/, "//$1:hunter2@");
    const before = await action({ command: "check", url });
    expect(before.exitCode).toBe(1);
    expect(before.stdout).toContain("::error title=limbeck check::");
    expect(before.read("summary")).toContain("- ❌ pending: 1, 2\n");
    expect(before.read("output")).toMatch(/^exit-code<<(\S+)\n1\n\1\njson<<(\S+)\n\{[^]*\}\n\2\n$/);

    const done = await action({ command: "upgrade", url, arguments: "--lock-wait  30s" });
    expect(done.exitCode).toBe(0);
    expect(done.read("summary")).toMatch(/- ✅ 1 \(\d+ ms\)\n- ✅ 2 .*\n\nThe database is at 2\.\n$/);
    const after = await action({ command: "check", url });
    expect([after.exitCode, after.stdout]).toEqual([0, ""]);
    const said = [before, done, after].map(({ stdout, stderr }) => stdout + stderr).join("");
    expect(said).not.toContain("hunter2");
  });

  test("lint puts its findings on the lines of the pull request's files", async ({ action, github }) => {
    const pull = await action({ command: "lint" });
    expect(pull.stdout).toMatch(/^::error file=db\/migrations\/2_step\.ts,line=11,title=create-index-blocking::/m);
    expect(pull.exitCode).toBe(1);
    expect(pull.read("summary")).toContain("error **create-index-blocking** db/migrations/2_step.ts:11: ");
    expect(github.asked).toMatchObject([
      { method: "GET", url: "/repos/ada/atlas/pulls/5/files?per_page=100", token: "Bearer t0ken" },
      { method: "GET", url: "/repos/ada/atlas/pulls/5/files?page=2&x" },
    ]);
  });

  test("preview comments once, and again in the same comment", async ({ action, github, databaseUrl: url }) => {
    const first = await action({ command: "preview" });
    expect([first.exitCode, first.stdout]).toEqual([0, ""]);
    expect(first.read("summary")).toMatch(
      /#### db\/migrations\/2_step\.ts\n[^]*```sql\n-- ACCESS EXCLUSIVE on city\nALTER TABLE city ADD COLUMN name text;/,
    );
    expect(first.read("summary")).not.toContain("CREATE TABLE");
    await action({ command: "preview", "all-files": "true", url });
    expect(github.comments).toHaveLength(2);
    expect(github.comments[1]!.body).toMatch(/^<!-- limbeck preview -->\n### Migrations\n[^]*CREATE TABLE city/);
    const quiet = await action({ command: "preview", url }, false);
    expect(quiet.read("summary")).toContain("1_step.ts");
    expect(github.comments, "without a pull request there is nowhere to comment").toHaveLength(2);
  });

  test("test tells of each revision", async ({ action, databaseUrl }) => {
    const { exitCode, read } = await action({ command: "test", url: databaseUrl });
    expect(exitCode).toBe(0);
    expect(read("summary")).toMatch(/- ✅ 1 1 \(lossless\)\n- ✅ 2 2 .*\n- ✅ heads: 2\n$/);
  });

  test("says what stops it: GitHub's refusal, a wrong word, limbeck's error", async ({ action, github, folder }) => {
    github.status = 403;
    const refused = await action({ command: "lint" });
    expect(refused).toMatchObject({ exitCode: 2 });
    expect(refused.stdout).toContain("permissions: pull-requests: read");
    expect(await action({ command: "chek" })).toMatchObject({ exitCode: 2 });
    writeRevisions(join(folder, "db"), [{ id: "3", down: "nothing" }]);
    const broken = await action({ command: "upgrade", url: "postgresql://u:hunter2@127.0.0.1:2/d" });
    expect(broken.exitCode).toBe(2);
    expect(broken.stdout).toMatch(/^::error file=db\/migrations\/3_step\.ts,line=\d+,title=/m);
    expect(broken.stdout + broken.stderr).not.toContain("hunter2");
  });
});

test("exit codes make `if ! limbeck check` right", async ({ folder, databaseUrl }) => {
  writeRevisions(folder, [FIRST]);
  const script = 'if ! "$0" check -q >&2; then echo not ready; exit 1; fi; echo ready';
  const env = { DATABASE_URL: databaseUrl };
  expect(await run("sh", ["-c", script, binary], { cwd: folder, env })).toMatchObject({
    exitCode: 1,
    stdout: "not ready\n",
  });
  await run(binary, ["upgrade", "-q"], { cwd: folder, env });
  expect(await run("sh", ["-c", script, binary], { cwd: folder, env })).toMatchObject({
    exitCode: 0,
    stdout: "ready\n",
  });
  const away = { DATABASE_URL: "postgresql://127.0.0.1:2/d" };
  expect(await run("sh", ["-c", script, binary], { cwd: folder, env: away })).toMatchObject({ exitCode: 1 });
});
