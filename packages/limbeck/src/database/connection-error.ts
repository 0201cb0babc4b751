import { reasonOf } from "../errors/reason.ts";
import { LimbeckError } from "../errors/limbeck-error.ts";
import { isPostgresError } from "./session.ts";

/** What went wrong while connecting, in the user's terms. `database` is the URL without its password. */
export function connectionError(error: unknown, database: string): LimbeckError {
  if (isPostgresError(error)) {
    const known = BY_SQLSTATE[error.code];
    if (known !== undefined)
      return new LimbeckError(known.code, { ...known.say(database, error.message), cause: error });
  }
  const reason = reasonOf(error);
  if (/password must be a string|client password/i.test(reason)) {
    return new LimbeckError("DATABASE_AUTHENTICATION_FAILED", {
      message: `The server behind ${database} asks for a password, and none was given.`,
      hint: "Put it into the URL, PGPASSWORD or ~/.pgpass.",
      cause: error,
    });
  }
  return new LimbeckError("DATABASE_UNREACHABLE", {
    message: `No connection to ${database}: ${reason}.`,
    hint: "Check that the server runs and that host and port are right; without a URL, limbeck uses its embedded database.",
    cause: error,
  });
}

interface Known {
  readonly code: "DATABASE_AUTHENTICATION_FAILED" | "DATABASE_NOT_FOUND" | "DATABASE_PERMISSION_DENIED";
  readonly say: (database: string, reason: string) => { readonly message: string; readonly hint: string };
}

const refusedLogin: Known = {
  code: "DATABASE_AUTHENTICATION_FAILED",
  say: (database, reason) => ({
    message: `The server refuses the login to ${database}: ${reason}.`,
    hint: "Check user and password in the URL, PGUSER and PGPASSWORD, ~/.pgpass, and the server's pg_hba.conf.",
  }),
};

/** Class 28: authorization; 3D000: no such database; 42501: no right to connect. Any other says "not now". */
const BY_SQLSTATE: Readonly<Record<string, Known>> = {
  "28000": refusedLogin,
  "28P01": refusedLogin,
  "3D000": {
    code: "DATABASE_NOT_FOUND",
    say: (database, reason) => ({
      message: `The server behind ${database} answers: ${reason}.`,
      hint: "Create it with `createdb`, or correct its name in the URL.",
    }),
  },
  "42501": {
    code: "DATABASE_PERMISSION_DENIED",
    say: (database, reason) => ({
      message: `The server refuses the connection to ${database}: ${reason}.`,
      hint: "Use another user, or let the database's owner GRANT CONNECT ON DATABASE to this one.",
    }),
  },
};
