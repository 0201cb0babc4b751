import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Client } from "pg";
import { expect, run, test as onAnyServer, until } from "testkit";
import { afterAll, describe } from "vitest";
import { stopServerWithPrograms, test } from "./backup-server.ts";

const bin = fileURLToPath(new URL("../bin/limbeck.cjs", import.meta.url));

afterAll(stopServerWithPrograms);

const files = (folder: string): string[] =>
  existsSync(folder) ? readdirSync(folder).filter((name) => name !== ".gitignore") : [];
const WAITING =
  "select count(*)::int as n from pg_stat_activity where datname = current_database() and application_name = 'pg_dump' and wait_event_type = 'Lock'";

onAnyServer(
  "a pg_dump that is older than the server is refused, and the one to install is named",
  async ({ databaseUrl, folder, sql }) => {
    const { Limbeck } = await import("../src/index.ts");
    const [{ major } = { major: 0 }] = await sql<{ major: number }>(
      "select current_setting('server_version_num')::int / 10000 as major",
    );
    const older = `/usr/lib/postgresql/${major < 16 ? "none" : 15}/bin`;
    const limbeck = await Limbeck.open({ cwd: folder, url: databaseUrl, backup: { programs: older } });
    await expect(limbeck.backup()).rejects.toMatchObject({
      code: "PG_DUMP_NOT_FOUND",
      exitCode: 2,
      message: expect.stringContaining(`of PostgreSQL ${major} or newer are needed, and are not in ${older}`) as string,
      hint: expect.stringMatching(/postgresql-client-\d+|brew install|postgresql\.org/) as string,
    });
    await limbeck.close();
    expect(files(join(folder, "backups"))).toEqual([]);
  },
);

describe("nothing that looks like a backup is left", () => {
  test("on a disk that is full", async ({ opened, sql, skip }) => {
    const disk = mkdtempSync(join(tmpdir(), "limbeck-disk-"));
    const { status } = spawnSync("mount", ["-t", "tmpfs", "-o", "size=1m", "tmpfs", disk]);
    try {
      if (status !== 0) skip("nobody but root may mount the small file system that this test fills");
      await sql(
        "create table noise as select sha512(n::text::bytea) || sha512((-n)::text::bytea) from generate_series(1, 20000) n",
      );
      const limbeck = await opened({ backup: { folder: disk } });
      await expect(limbeck.backup()).rejects.toMatchObject({
        code: "BACKUP_FAILED",
        message: expect.stringContaining("No space left on device") as string,
      });
      expect(files(disk)).toEqual([]);
      expect(await limbeck.backup({ output: `${disk}/sub/` }).catch(() => "failed")).toBe("failed");
      expect(files(join(disk, "sub"))).toEqual([]);
    } finally {
      if (status === 0) spawnSync("umount", ["-l", disk]);
      rmSync(disk, { recursive: true, force: true });
    }
  });

  test("by an interruption, and by a kill; and no password is in anybody's sight", async ({
    opened,
    databaseUrl,
    folder,
    sql,
  }) => {
    await sql(
      "create table held as select 1 as a; alter table held owner to guarded; grant all on schema public to guarded",
    );
    const url = new URL(databaseUrl);
    [url.username, url.password] = ["guarded", "right-horse"];
    const backups = join(folder, "backups");
    // pg_stat_activity stands still inside a transaction: somebody else has to hold the table.
    const holder = new Client({ connectionString: databaseUrl });
    await holder.connect();
    await holder.query("begin; lock table held");

    const { Limbeck } = await import("../src/index.ts");
    const stop = new AbortController();
    const limbeck = await Limbeck.open({ cwd: folder, url: databaseUrl, signal: stop.signal });
    const interrupted = limbeck.backup().catch((error: unknown) => error);
    await until(async () => (await sql<{ n: number }>(WAITING))[0]!.n > 0);
    stop.abort();
    expect(await interrupted).toMatchObject({ code: "INTERRUPTED" });
    await limbeck.close();
    expect(files(backups)).toEqual([]);
    await until(async () => (await sql<{ n: number }>(WAITING))[0]!.n === 0);

    let pid = 0;
    const killed = run("node", [bin, "backup", "--url", url.href], {
      cwd: folder,
      onSpawn: (child) => (pid = child.pid!),
    });
    await until(async () => (await sql<{ n: number }>(WAITING))[0]!.n > 0);
    expect(commandLines(/pg_dump/)).not.toContain("right-horse");
    process.kill(pid, "SIGKILL");
    expect((await killed).signal).toBe("SIGKILL");
    expect(files(backups).filter((name) => !name.endsWith(".part"))).toEqual([]);
    await holder.end();
    await until(async () => (await sql<{ n: number }>(`${WAITING.split(" and wait")[0]}`))[0]!.n === 0);
    expect(files(backups).filter((name) => !name.endsWith(".part"))).toEqual([]);

    const { file } = await (await opened({ url: url.href })).backup();
    expect(readFileSync(`${file}.json`, "utf8")).not.toContain("right-horse");
  });
});

/** Of processes that are running, where the system tells. */
function commandLines(name: RegExp): string {
  if (!existsSync("/proc/self/cmdline")) return "";
  return readdirSync("/proc")
    .filter((entry) => /^\d+$/.test(entry))
    .map((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, "utf8");
      } catch {
        return "";
      }
    })
    .filter((line) => name.test(line))
    .join("\n");
}

describe("a restore", () => {
  test("that fails half-way leaves the database as it was", async ({ opened, sql }) => {
    const role = `owner_${Date.now()}`;
    await sql(
      `create table a as select 1 as n; create role ${role}; create table z as select 2 as n; alter table z owner to ${role}`,
    );
    const limbeck = await opened();
    const { file } = await limbeck.backup();
    await sql(
      `reassign owned by ${role} to current_user; drop owned by ${role}; drop role ${role}; insert into a values (3)`,
    );
    await expect(limbeck.restore(file, { allowDataLoss: true })).rejects.toMatchObject({
      code: "RESTORE_FAILED",
      message: expect.stringMatching(new RegExp(`role "${role}" does not exist.*the database is as it was`)) as string,
    });
    expect(await sql("select n from a order by n")).toEqual([{ n: 1 }, { n: 3 }]);
    await limbeck.restore(file, { allowDataLoss: true, owner: false });
    expect(await sql("select n from a union all select n from z")).toEqual([{ n: 1 }, { n: 2 }]);
  });

  test("waits neither for a runner nor for the application longer than it may", async ({ opened, sql }) => {
    await sql("create table a as select 1 as n");
    const limbeck = await opened({ lock: { wait: 100 } });
    const { file } = await limbeck.backup();
    await sql("begin; select from a");
    await expect(limbeck.restore(file, { allowDataLoss: true })).rejects.toMatchObject({
      code: "LOCK_TIMEOUT",
      message: expect.stringContaining("The database is in use") as string,
    });
    await sql("rollback");
    await sql("select pg_advisory_lock(hashtextextended('limbeck:public.alembic_version', 0))");
    await expect(limbeck.restore(file, { allowDataLoss: true })).rejects.toMatchObject({
      code: "LOCK_TIMEOUT",
      message: expect.stringContaining("The migration lock is held") as string,
    });
    await sql("select pg_advisory_unlock_all()");
    expect(await limbeck.restore(file, { allowDataLoss: true })).toMatchObject({ ok: true });
  });
});
