import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { expect, test as base } from "testkit";
import { writeRevisions } from "./project.ts";
import { limbeck as commandLine, type Output } from "./terminal.ts";

const REVISIONS = [
  { id: "a1", up: `op.createTable("city", column("name", "text"));`, undo: `op.dropTable("city");` },
  { id: "b2", down: "a1", up: `op.execute("insert into city values ('Oslo'), ('Bergen')");` },
];
const BROKEN = { id: "c3", down: "b2", up: `op.execute("create unique index ux on city ((true))");` };

interface Received {
  readonly request: IncomingMessage;
  readonly body: Record<string, unknown>;
}

const test = base
  .extend("hook", { scope: "file" }, async ({}, { onCleanup }) => {
    const received: Received[] = [];
    const server = createServer((request, response) => {
      const answer = async (): Promise<void> => {
        received.push({ request, body: JSON.parse(await text(request)) as Received["body"] });
        if (request.url === "/elsewhere") response.writeHead(302, { location: "/" });
        else response.statusCode = request.url === "/full" ? 507 : 200;
        response.end();
      };
      void answer();
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    onCleanup(() => void server.close());
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    return { url, taken: () => received.splice(0) };
  })
  .extend("limbeck", ({ folder, databaseUrl, hook }) => {
    writeRevisions(folder, REVISIONS);
    const url = databaseUrl.replace(/\/\/([^:@/]*)@/, "//$1:hunter2@");
    return (line: string, webhook: string = hook.url): Promise<Output> =>
      commandLine([...line.split(" "), "--url", url], { cwd: folder, env: { LIMBECK_WEBHOOK_URL: webhook } });
  });

test("is told of a run that did something, and of one that failed", async ({ limbeck, hook, folder, databaseUrl }) => {
  await limbeck("upgrade --plan");
  await limbeck("upgrade --dry-run");
  expect(hook.taken()).toEqual([]);

  await limbeck("upgrade");
  const [done] = hook.taken();
  const name = new URL(databaseUrl).pathname.slice(1);
  expect(done!.request.headers).toMatchObject({ "content-type": "application/json" });
  expect(done!.body).toMatchObject({
    text: `✅ limbeck upgrade of ${name}: 2 steps done, 0 pending`,
    event: "runEnd",
    direction: "upgrade",
    target: "head",
    environment: null,
    database: { name, address: "127.0.0.1" },
    steps: [{ revision: "a1", direction: "upgrade", message: "a1" }, { revision: "b2" }],
    pending: 0,
    error: null,
  });

  await limbeck("upgrade");
  expect(hook.taken(), "nothing to do is nothing to tell").toEqual([]);

  writeRevisions(folder, [BROKEN]);
  expect(await limbeck("upgrade")).toMatchObject({ exitCode: 3 });
  const [failed] = hook.taken();
  expect(failed!.body).toMatchObject({
    event: "runFailed",
    pending: 1,
    steps: [],
    error: { code: "STATEMENT_FAILED", sqlstate: "23505", hint: expect.stringContaining("limbeck upgrade") as string },
  });
  expect(failed!.body["text"]).toMatch(
    /^🚨 limbeck upgrade of .* failed: STATEMENT_FAILED: .* \(0 steps done, 1 pending\)$/,
  );
  expect(JSON.stringify([done!.body, failed!.body])).not.toContain("hunter2");
});

test("that does not take it harms no run, and is not shown", async ({ limbeck, hook, sql }) => {
  const secret = "s3cret-token";
  for (const [path, reason] of [
    ["/full", "it answered with 507"],
    ["/elsewhere", "unexpected redirect"],
  ] as const) {
    const { exitCode, stderr } = await limbeck("upgrade", hook.url + path);
    expect(exitCode).toBe(0);
    expect(stderr).toContain(`warning: the webhook took nothing: ${reason}`);
    await limbeck("downgrade base", hook.url);
  }
  const { exitCode, stderr, stdout } = await limbeck("upgrade", `http://127.0.0.1:2/${secret}`);
  expect(exitCode).toBe(0);
  expect(stderr).toContain("warning: the webhook took nothing: connect ECONNREFUSED");
  expect(stderr + stdout).not.toContain(secret);
  expect(await sql("select version_num from alembic_version")).toEqual([{ version_num: "b2" }]);
});

test("that is no URL is a mistake of the configuration, and not quoted", async ({ limbeck }) => {
  const { exitCode, stderr } = await limbeck("upgrade", "s3cret");
  expect(exitCode).toBe(2);
  expect(stderr).toContain("LIMBECK_WEBHOOK_URL is no http or https URL");
  expect(stderr).not.toContain("s3cret");
});
