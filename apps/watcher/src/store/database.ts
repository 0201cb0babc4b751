/** Whoever answers SQL: a database, or one transaction of it. */
export interface Queries {
  /**
   * Runs one statement and gives its rows. Moments and JSON come as the text PostgreSQL prints, so that neither
   * microseconds nor large numbers are lost; a bigint is a number where it is a safe one, and text where not.
   */
  query<Row extends object>(text: string, values?: readonly Value[]): Promise<Row[]>;
}

/** What may stand for a parameter. Lists and objects go in as JSON text. */
export type Value = string | number | boolean | null;

/** The database of the service: a pool of connections to a server, or the embedded one. */
export interface Database extends Queries {
  readonly kind: "server" | "embedded";
  /** Commits what `work` did when it ends well, and undoes it when it throws. */
  transaction<Result>(work: (transaction: Queries) => Promise<Result>): Promise<Result>;
  /** How long a new connection and one small statement take. */
  probe(): Promise<Probe>;
  /** The way in for a library that has its own statements, and expects values as pg gives them. */
  readonly access: Access;
  close(): Promise<void>;
}

/** A server takes connections of the library's own; the embedded database has one session, for all. */
export type Access =
  | { readonly connection: object }
  | {
      /** Runs one statement with values, or several without. */
      readonly executeSql: (text: string, values?: readonly unknown[]) => Promise<{ rows: unknown[] }>;
    };

/** Milliseconds. The embedded database has no connection to make. */
export interface Probe {
  readonly connectMs: number | null;
  readonly queryMs: number;
}

/** The database cannot be reached at all, whatever the statement. */
export class DatabaseUnavailable extends Error {
  override readonly name = "DatabaseUnavailable";

  constructor(cause: unknown) {
    super("The database cannot be reached.", { cause });
  }
}

/** The SQLSTATE of an error that PostgreSQL reported, and nothing for any other error. */
export function sqlState(error: unknown): string | undefined {
  const code = error instanceof Error ? (error as { code?: unknown }).code : undefined;
  // Some codes of the operating system, such as EPIPE, have the same form; no SQLSTATE begins with an E.
  return typeof code === "string" && /^[0-9A-DF-Z][0-9A-Z]{4}$/.test(code) ? code : undefined;
}
