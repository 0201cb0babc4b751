import type { Session } from "./session.ts";

/** Where a session's database is. */
export interface DatabasePlace {
  /** The URL without its password. */
  readonly database: string;
  /** The database's name on its server; undefined for the embedded one. */
  readonly name: string | undefined;
  readonly address: string | undefined;
  readonly port: number | undefined;
}

export function placeOf(session: Session): DatabasePlace {
  const { kind, description: database } = session;
  if (kind === "embedded") return { database, name: undefined, address: undefined, port: undefined };
  const { host, port, database: name } = session.client as { host: string; port: number; database?: string };
  return { database, name, address: host, port };
}
