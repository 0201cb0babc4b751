import { LimbeckError } from "../errors/limbeck-error.ts";
import { isConnectionLost, isPostgresError, ScriptError } from "./session.ts";

/**
 * What the server's state refuses, and not the statement: its resources, its operator, somebody else's locks or
 * transaction, its disks (PostgreSQL manual, appendix A: classes 40, 53, 55, 57 and 58).
 */
const CONDITIONS = /^(?:40|53|55|57|58)/;

/** What went wrong with a query of limbeck's own, in the user's terms; undefined for what nobody foresaw. */
export function queryError(thrown: unknown, doing: string): LimbeckError | undefined {
  const error = thrown instanceof ScriptError ? thrown.cause : thrown;
  if (isConnectionLost(error)) {
    return new LimbeckError("CONNECTION_LOST", {
      message: `The connection was lost while ${doing}: ${(error as Error).message}.`,
      hint: "Run the same command again.",
      cause: error,
    });
  }
  if (!isPostgresError(error)) return undefined;
  if (error.code === "3F000") {
    return new LimbeckError("VERSION_SCHEMA_NOT_FOUND", {
      message: `The version table has no schema to be in, while ${doing}: ${error.message}.`,
      hint: "Create it (CREATE SCHEMA …) with the rights to use it and to create in it, or name one that exists as `versionTable.schema`.",
      cause: error,
    });
  }
  if (error.code === "42501") {
    return new LimbeckError("DATABASE_PERMISSION_DENIED", {
      message: `The database user may not do this, while ${doing}: ${error.message}.`,
      hint: "Grant the user USAGE and CREATE on the version table's schema and all rights on limbeck's tables in it, or name another schema as `versionTable.schema`.",
      cause: error,
    });
  }
  if (CONDITIONS.test(error.code)) {
    return new LimbeckError("STATEMENT_FAILED", {
      message: `PostgreSQL failed while ${doing}: ${error.message}.`,
      hint: "Remove the cause on the server, and run the same command again.",
      details: { sqlstate: error.code },
      cause: error,
    });
  }
  if (error.code !== "25006") return undefined;
  return new LimbeckError("DATABASE_READ_ONLY", {
    message: `The database accepts no writes, while ${doing}: ${error.message}.`,
    hint: "Connect to the primary, or to a session without default_transaction_read_only.",
    cause: error,
  });
}
