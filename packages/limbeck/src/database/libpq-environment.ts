import type { Client } from "pg";
import type { Session } from "./session.ts";
import { parseDatabaseUrl } from "./url.ts";

/** Where a session's database is told, and what the process's environment adds. */
export interface LibpqPlace {
  readonly url: string;
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
}

/**
 * The environment in which PostgreSQL's own programs connect to the database of a session, as it did: nothing of it, the
 * password least of all, stands on their command line, which every user of a machine can read.
 */
export function libpqEnvironment(session: Session, { url, folder, env }: LibpqPlace): NodeJS.ProcessEnv {
  const client = session.client as Client & ConnectionFacts;
  const parsed = parseDatabaseUrl(url, folder);
  const parameters = parsed.kind === "server" ? parsed.url.parameters : new Map<string, string>();
  const ssl = parameters.get("ssl");
  const inherited = Object.entries(env).filter(([name]) => !LEADS_ELSEWHERE.has(name));
  const own: Record<string, string | undefined> = {
    PGHOST: client.host,
    PGPORT: String(client.port),
    PGUSER: client.user,
    PGDATABASE: client.database,
    PGPASSWORD: typeof client.password === "string" ? client.password : undefined,
    PGSSLMODE:
      parameters.get("sslmode") ??
      (ssl === "true" ? "require" : ssl === "false" ? "disable" : undefined) ??
      env["PGSSLMODE"] ??
      (client.ssl ? "require" : undefined),
    PGSSLROOTCERT: parameters.get("sslrootcert"),
    PGSSLCERT: parameters.get("sslcert"),
    PGSSLKEY: parameters.get("sslkey"),
    PGOPTIONS: parameters.get("options"),
    PGCONNECT_TIMEOUT: parameters.get("connect_timeout"),
    // What they say is read by a program.
    LC_ALL: "C",
  };
  return {
    ...Object.fromEntries(inherited),
    ...Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined)),
  };
}

/** Variables of libpq's that win over PGHOST and its kin, or change what the programs print. */
const LEADS_ELSEWHERE = new Set(["PGSERVICE", "PGSERVICEFILE", "PGHOSTADDR", "PGTARGETSESSIONATTRS", "PGPASSWORD"]);

/** What a pg Client has and its types do not say. */
interface ConnectionFacts {
  readonly ssl?: unknown;
  readonly password?: unknown;
}
