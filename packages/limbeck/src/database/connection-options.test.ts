import { writeFileSync } from "node:fs";
import { userInfo } from "node:os";
import { join } from "node:path";
import { describe } from "vitest";
import { expect, test } from "testkit";
import { connectionAttempts } from "./connection-options.ts";
import { parseDatabaseUrl } from "./url.ts";

const attempts = (text: string, env: NodeJS.ProcessEnv = {}) => {
  const parsed = parseDatabaseUrl(text, "/");
  if (parsed.kind !== "server") throw new Error(`${text} is no server`);
  return connectionAttempts(parsed.url, env);
};
const refusal = (message: RegExp) =>
  expect.objectContaining({
    code: "URL_INVALID",
    exitCode: 2,
    message: expect.stringMatching(message) as unknown,
  }) as unknown;

describe("what the URL leaves out", () => {
  test("is libpq's default", () => {
    const { username } = userInfo();
    expect(attempts("postgresql://h")).toEqual(
      [{ rejectUnauthorized: false }, false].map((ssl) => ({
        host: "h",
        port: 5432,
        user: username,
        database: username,
        application_name: "limbeck",
        connectionTimeoutMillis: 10_000,
        keepAlive: true,
        keepAliveInitialDelayMillis: 10_000,
        ssl,
      })),
    );
  });

  test("comes from libpq's environment variables", () => {
    const env = {
      PGHOST: "envhost",
      PGPORT: "6000",
      PGUSER: "envuser",
      PGPASSWORD: "envpassword",
      PGDATABASE: "envdatabase",
      PGOPTIONS: "-c a=b",
      PGAPPNAME: "envapp",
      PGCONNECT_TIMEOUT: "3",
      PGSSLMODE: "disable",
    };
    const fromEnv = {
      host: "envhost",
      port: 6000,
      user: "envuser",
      password: "envpassword",
      database: "envdatabase",
      options: "-c a=b",
      application_name: "envapp",
      connectionTimeoutMillis: 3000,
      keepAlive: true,
      keepAliveInitialDelayMillis: 10_000,
      ssl: false,
    };
    expect(attempts("postgresql://", env)).toEqual([fromEnv]);
    const url = "postgresql://u:p@h:1/d?options=-c%20c%3Dd&application_name=a&connect_timeout=5&sslmode=require";
    expect(attempts(url, env)).toEqual([
      {
        host: "h",
        port: 1,
        user: "u",
        password: "p",
        database: "d",
        options: "-c c=d",
        application_name: "a",
        connectionTimeoutMillis: 5000,
        keepAlive: true,
        keepAliveInitialDelayMillis: 10_000,
        ssl: { rejectUnauthorized: false },
      },
    ]);
  });

  test("is the user's database where no database is named", () => {
    expect(attempts("postgresql://u@h")[0]).toMatchObject({ user: "u", database: "u" });
    expect(attempts("postgresql://h", { PGUSER: "e" })[0]).toMatchObject({ user: "e", database: "e" });
  });

  test("is no password where none is given, so that ~/.pgpass is asked", () => {
    expect(attempts("postgresql://u:@h/d")[0]).not.toHaveProperty("password");
  });

  test("may be told that waiting has no end", () => {
    for (const seconds of ["0", "-1"]) {
      expect(attempts(`postgresql://h?connect_timeout=${seconds}`)[0]).toMatchObject({ connectionTimeoutMillis: 0 });
    }
  });

  test("is refused when it is no number", () => {
    expect(() => attempts("postgresql://h", { PGPORT: "x" })).toThrow(refusal(/PGPORT=x is no number/));
    expect(() => attempts("postgresql://h?connect_timeout=1s")).toThrow(refusal(/connect_timeout=1s is no number/));
  });
});

describe("sslmode", () => {
  const unverified = { rejectUnauthorized: false };
  const verified = { rejectUnauthorized: true };
  const authority = { rejectUnauthorized: true, checkServerIdentity: expect.any(Function) as unknown };
  const sslOf = (text: string, env?: NodeJS.ProcessEnv) => attempts(text, env).map(({ ssl }) => ssl);

  test.for([
    ["h", "disable", [false]],
    ["h", "allow", [false, unverified]],
    ["h", "prefer", [unverified, false]],
    ["h", "require", [unverified]],
    ["h", "verify-ca", [authority]],
    ["h", "verify-full", [verified]],
    ["localhost", "prefer", [false, unverified]],
    ["127.0.0.1", "prefer", [false, unverified]],
    ["[::1]", "prefer", [false, unverified]],
    ["localhost", "require", [unverified]],
    ["%2Ftmp", "require", [false]],
  ] as const)("of %s, %s", ([host, mode, expected]) => {
    const ssl = sslOf(`postgresql://${host}/d?sslmode=${mode}`);
    expect(ssl).toEqual(expected);
    expect(sslOf(`postgresql://${host}/d`, { PGSSLMODE: mode })).toEqual(expected);
    // asyncpg's word for it.
    expect(sslOf(`postgresql+asyncpg://${host}/d?ssl=${mode}`)).toEqual(expected);
  });

  test("is prefer when nothing says otherwise, and true and false are what they were to pg", () => {
    expect(sslOf("postgresql://h")).toEqual([unverified, false]);
    expect(sslOf("postgresql://h?ssl=true")).toEqual([unverified]);
    expect(sslOf("postgresql://h?ssl=false")).toEqual([false]);
    expect(sslOf("postgresql://h?sslmode=disable&ssl=true")).toEqual([false]);
  });

  test("verify-ca looks at who signed, not at the name", () => {
    const [ssl] = sslOf("postgresql://h?sslmode=verify-ca") as { checkServerIdentity: () => unknown }[];
    expect(ssl!.checkServerIdentity()).toBeUndefined();
  });

  test("is refused when PostgreSQL has no such mode", () => {
    expect(() => attempts("postgresql://h?sslmode=on")).toThrow(refusal(/sslmode=on is no mode/));
  });

  test("takes certificates, and with an authority require verifies it as in libpq", ({ folder }) => {
    const path = (name: string): string => {
      writeFileSync(join(folder, name), name);
      return join(folder, name);
    };
    const files = { sslrootcert: path("ca"), sslcert: path("cert"), sslkey: path("key") };
    const expected = [{ ...authority, ca: "ca", cert: "cert", key: "key" }];
    expect(sslOf(`postgresql://h?sslmode=require&${new URLSearchParams(files).toString()}`)).toEqual(expected);
    const env = { PGSSLROOTCERT: files.sslrootcert, PGSSLCERT: files.sslcert, PGSSLKEY: files.sslkey };
    expect(sslOf("postgresql://h?sslmode=require", env)).toEqual(expected);
    expect(sslOf("postgresql://h?sslmode=verify-full&sslrootcert=system")).toEqual([verified]);
    expect(() => attempts(`postgresql://h?sslcert=${folder}/nowhere`)).toThrow(refusal(/nowhere, named by sslcert/));
  });
});
