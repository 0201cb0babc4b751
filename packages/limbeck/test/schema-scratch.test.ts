import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { expect, test } from "testkit";
import { describe } from "vitest";
import { openSession } from "../src/database/open.ts";
import { withScratchDatabase } from "../src/database/scratch.ts";
import { loadSql } from "../src/database/scratch-load.ts";
import { readSchema } from "../src/database/read-schema.ts";
import type { Session } from "../src/database/session.ts";
import { withTargetSchema } from "../src/sources/read-target.ts";

async function withSession<Result>(url: string, work: (session: Session) => Promise<Result>): Promise<Result> {
  const session = await openSession(url, "/", {});
  try {
    return await work(session);
  } finally {
    await session.close();
  }
}

async function databasesOf(session: Session, like: string): Promise<string[]> {
  const rows = await session.query<{ name: string }>("select datname as name from pg_database where datname like $1", [
    like,
  ]);
  return rows.map(({ name }) => name);
}

const currentDatabase = async (session: Session): Promise<string> =>
  (await session.query<{ name: string }>("select current_database() as name"))[0]!.name;

describe("a scratch database", () => {
  test("stands on the live server and is gone afterwards", async ({ databaseUrl }) => {
    await withSession(databaseUrl, async (live) => {
      const name = await withScratchDatabase(live, async (scratch) => {
        expect(
          await scratch.query("select count(*)::int as n from pg_class where relnamespace = 'public'::regnamespace"),
        ).toEqual([{ n: 0 }]);
        return await currentDatabase(scratch);
      });
      expect(name).toMatch(/^limbeck_scratch_\d{14}_[0-9a-f]{12}$/);
      expect(await databasesOf(live, name)).toEqual([]);
    });
  });

  test("is gone when the work throws, even in the middle of a transaction with somebody else connected", async ({
    databaseUrl,
  }) => {
    await withSession(databaseUrl, async (live) => {
      let name = "";
      const other = new Client({ connectionString: databaseUrl });
      const failed = withScratchDatabase(live, async (scratch) => {
        name = await currentDatabase(scratch);
        const url = new URL(databaseUrl);
        url.pathname = `/${name}`;
        Object.assign(other, new Client({ connectionString: url.href }));
        other.on("error", () => undefined);
        await other.connect();
        await scratch.query("begin");
        await scratch.query("create table t (a integer)");
        throw new Error("on purpose");
      });
      await expect(failed).rejects.toThrow("on purpose");
      expect(await databasesOf(live, name)).toEqual([]);
    });
  });

  test("stands on another server where one is named", async ({ databaseUrl, postgresUrl }) => {
    await withSession("pglite://memory", async (live) => {
      await withSession(databaseUrl, async (on) => {
        const name = await withScratchDatabase(live, currentDatabase, on);
        expect(name).toMatch(/^limbeck_scratch_/);
        expect(await databasesOf(on, name)).toEqual([]);
      });
      const folder = mkdtempSync(join(tmpdir(), "limbeck-"));
      writeFileSync(join(folder, "target.sql"), "create table t (a integer)");
      const context = { folder, session: live, env: {}, authoring: () => Promise.resolve({}), scratch: postgresUrl };
      const target = await withTargetSchema(["target.sql"], context, (schema) => Promise.resolve(schema));
      expect(target.majorVersion).not.toBe((await readSchema(live)).majorVersion);
      expect(target.facts.map(({ key }) => key)).toContain("column public.t.a");
      rmSync(folder, { recursive: true });
    });
  });

  test("that a killed run left is dropped by a later one, a fresh one is not", async ({ databaseUrl }) => {
    const [old, fresh] = ["limbeck_scratch_20200101000000_aaaaaaaaaaaa", `limbeck_scratch_${stamp()}_bbbbbbbbbbbb`];
    await withSession(databaseUrl, async (live) => {
      await live.query(`create database ${old} template template0`);
      await live.query(`create database ${fresh} template template0`);
      try {
        await withScratchDatabase(live, () => Promise.resolve());
        expect(await databasesOf(live, old)).toEqual([]);
        expect(await databasesOf(live, fresh)).toEqual([fresh]);
      } finally {
        await live.query(`drop database if exists ${old}`);
        await live.query(`drop database if exists ${fresh}`);
      }
    });
  });

  test("is refused where a server is named that lets nobody make one", async ({ postgresUrl }) => {
    const weak = new URL(postgresUrl);
    const role = `weak_${stamp()}_${process.pid}`;
    weak.username = role;
    await withSession(postgresUrl, async (live) => {
      await live.query(`create role ${role} login`);
      try {
        await withSession(weak.href, async (on) => {
          const refused = withScratchDatabase(live, () => Promise.resolve(), on);
          await expect(refused).rejects.toMatchObject({ code: "DATABASE_PERMISSION_DENIED" });
        });
      } finally {
        await live.query(`drop role ${role}`);
      }
    });
  });

  test("has the encoding and the locale of the live database", async ({ databaseUrl }) => {
    const locale =
      "select pg_encoding_to_char(encoding) as encoding, datcollate, datctype from pg_database where datname = current_database()";
    await withSession(databaseUrl, async (live) => {
      await withScratchDatabase(live, async (scratch) => {
        expect(await scratch.query(locale)).toEqual(await live.query(locale));
      });
    });
  });

  test("is in memory where the user may not create one, and knows the server's roles", async ({ databaseUrl }) => {
    await withSession(databaseUrl, async (live) => {
      const role = `weak_${stamp()}`;
      await live.query(`create role ${role}`);
      try {
        await live.query(`set role ${role}`);
        const found = await withScratchDatabase(live, async (scratch) => {
          expect(scratch.kind).toBe("embedded");
          return await scratch.query("select rolname from pg_roles where rolname = $1", [role]);
        });
        expect(found).toEqual([{ rolname: role }]);
      } finally {
        await live.query("reset role");
        await live.query(`drop role ${role}`);
      }
    });
  });

  test("is in memory beside an embedded database", async () => {
    await withSession("pglite://memory", async (live) => {
      await withScratchDatabase(live, async (scratch) => {
        await scratch.query("create table t (a integer)");
        expect(await live.query("select to_regclass('t') as t")).toEqual([{ t: null }]);
      });
    });
  });
});

describe("SQL that is loaded into it", () => {
  const load = async (url: string, ...texts: string[]): Promise<unknown> =>
    await withSession(url, (live) =>
      withScratchDatabase(live, async (scratch) => {
        for (const text of texts) await loadSql(scratch, "target.sql", text);
        return await scratch.query(
          "select count(*)::int as n from pg_class where relkind in ('r', 'i') and relnamespace = 'public'::regnamespace",
        );
      }),
    );

  test("may be pg_dump's, and may hold what wants no transaction", async ({ databaseUrl }) => {
    const dump =
      "\\restrict abc\nset check_function_bodies = false;\nselect pg_catalog.set_config('search_path', '', false);\ncreate table public.t (a integer);\n\\unrestrict abc\n";
    const concurrent =
      "create type mood as enum ('sad');\nalter type mood add value 'ok';\ncreate table u (a mood default 'ok');\ncreate index concurrently on u (a);\nvacuum u;";
    expect(await load(databaseUrl, dump, concurrent)).toEqual([{ n: 3 }]);
  });

  test("is refused with file and line", async ({ databaseUrl }) => {
    const failure = (line: number, message: string): object => ({
      code: "SCHEMA_SOURCE_INVALID",
      message: expect.stringContaining(message) as string,
      where: expect.objectContaining({ file: "target.sql", line }) as object,
    });
    await expect(
      load(databaseUrl, "create table a (b integer);\n\n-- grüße\ncreate table b (\n  c nonsense\n);"),
    ).rejects.toMatchObject(failure(5, 'type "nonsense" does not exist'));
    await expect(load(databaseUrl, "select 1;\ncreate tabel x ();")).rejects.toMatchObject(
      failure(2, 'syntax error at or near "tabel"'),
    );
    await expect(load(databaseUrl, "create table a ();\ncreate role joe;")).rejects.toMatchObject(
      failure(2, "reaches beyond its database: create role joe"),
    );
  });
});

function stamp(): string {
  return new Date().toISOString().replace(/\D/g, "").slice(0, 14);
}
