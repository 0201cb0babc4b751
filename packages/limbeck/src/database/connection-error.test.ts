import { describe, expect, it } from "vitest";
import { connectionError } from "./connection-error.ts";

const DATABASE = "postgresql://u:***@h/d";
const postgres = (code: string, message: string): Error => Object.assign(new Error(message), { code });
const saying = (text: string) => expect.stringContaining(text) as unknown;

describe("an error while connecting", () => {
  it.each([
    [
      postgres("28P01", 'password authentication failed for user "u"'),
      "DATABASE_AUTHENTICATION_FAILED",
      3,
      "PGPASSWORD",
    ],
    [postgres("28000", 'role "u" does not exist'), "DATABASE_AUTHENTICATION_FAILED", 3, "pg_hba.conf"],
    [
      new Error("SASL: SCRAM-SERVER-FIRST-MESSAGE: client password must be a string"),
      "DATABASE_AUTHENTICATION_FAILED",
      3,
      ".pgpass",
    ],
    [postgres("3D000", 'database "d" does not exist'), "DATABASE_NOT_FOUND", 3, "createdb"],
    [postgres("42501", 'permission denied for database "d"'), "DATABASE_PERMISSION_DENIED", 3, "GRANT CONNECT"],
    [postgres("53300", "sorry, too many clients already"), "DATABASE_UNREACHABLE", 4, "server"],
    [postgres("57P03", "the database system is starting up"), "DATABASE_UNREACHABLE", 4, "server"],
    [postgres("ECONNREFUSED", "connect ECONNREFUSED 127.0.0.1:5432"), "DATABASE_UNREACHABLE", 4, "embedded"],
    [postgres("ENOTFOUND", "getaddrinfo ENOTFOUND h"), "DATABASE_UNREACHABLE", 4, "host and port"],
    [new Error("timeout expired"), "DATABASE_UNREACHABLE", 4, "server runs"],
  ])("%s is %s", (cause, code, exitCode, cure) => {
    const error = connectionError(cause, DATABASE);
    expect(error).toMatchObject({ code, exitCode, message: saying(DATABASE), hint: saying(cure), cause });
    expect(error.message).toContain("code" in cause ? cause.message : "");
    expect(error.message).toMatch(/[^.]\.$/);
  });

  it("to several addresses is that of the first", () => {
    const refused = new Error("connect ECONNREFUSED ::1:5432");
    const several = new AggregateError([refused, new Error("connect ECONNREFUSED 127.0.0.1:5432")]);
    expect(connectionError(several, DATABASE).message).toBe(`No connection to ${DATABASE}: ${refused.message}.`);
  });

  it("may be anything", () => {
    expect(connectionError("no", DATABASE)).toMatchObject({ code: "DATABASE_UNREACHABLE", message: saying("no") });
    expect(connectionError(new Error(""), DATABASE)).toMatchObject({ code: "DATABASE_UNREACHABLE" });
  });

  it("never says the password", () => {
    const quoting = new Error("cannot use postgresql://u:secret@h/d here");
    expect(connectionError(quoting, DATABASE).message).not.toContain("secret");
  });
});
