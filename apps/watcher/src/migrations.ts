import { fileURLToPath } from "node:url";
import type { PGlite } from "@electric-sql/pglite";
import { Limbeck, RevisionGraph, type RunEvent } from "limbeck";
import type pg from "pg";
import { limbeckReader } from "./migration-reader.ts";
import type { ReadMigrationStatus } from "./services/health.ts";
import type { MigrationReader } from "./services/migration-report.ts";
import { sqlState, type Database } from "./store/database.ts";
import { openEmbedded } from "./store/embedded.ts";
import { separateClient } from "./store/separate-client.ts";
import { openServer } from "./store/server.ts";

const config = fileURLToPath(new URL("../limbeck.config.ts", import.meta.url));

export interface MigratedOptions {
  /** The database's URL; the configuration's when there is none, which is the embedded database. */
  readonly url?: string | undefined;
  /** Told of each step of the upgrade. */
  readonly onEvent?: (event: RunEvent) => void;
  /** Ends the upgrade. */
  readonly signal?: AbortSignal;
  /** Told when a connection that nobody uses breaks. */
  readonly onIdleError: (error: Error) => void;
}

/** Upgrades the database to head, then opens it for the service. */
export async function openMigrated({ onIdleError, ...run }: MigratedOptions): Promise<{
  readonly database: Database;
  readonly readStatus: ReadMigrationStatus;
  readonly migrations: MigrationReader;
  /** The revisions that the database now stands at. */
  readonly heads: readonly string[];
}> {
  const limbeck = await Limbeck.open({ config, ...run });
  try {
    const { heads } = await limbeck.upgrade("head");
    const readStatus = await statusReader(limbeck);
    const client = (await limbeck.client()) as PGlite | pg.Client;
    if ("exec" in client) {
      // An embedded database has one session, and limbeck holds the lock that keeps other processes out of it.
      const migrations = limbeckReader({ config, client: separateClient(client) });
      return { database: { ...openEmbedded(client), close: () => limbeck.close() }, readStatus, migrations, heads };
    }
    const connection = connectionOf(client);
    await limbeck.close();
    const migrations = limbeckReader({ config, url: run.url });
    return { database: openServer({ connection, onIdleError }), readStatus, migrations, heads };
  } catch (error) {
    await limbeck.close();
    throw error;
  }
}

/** How limbeck reached the server: it reads URLs, libpq's variables and password files as psql does, pg does not. */
function connectionOf(client: pg.Client): pg.ClientConfig {
  const { connectionParameters } = client as unknown as { connectionParameters: Required<pg.ClientConfig> };
  const { host, port, user, database, ssl, options } = connectionParameters;
  return { host, port, user, database, ssl, options, password: client.password };
}

/** The revision files are read once: they do not change under a running service, only the database does. */
async function statusReader(limbeck: Limbeck): Promise<ReadMigrationStatus> {
  const { revisions } = await limbeck.history();
  const graph = RevisionGraph.from(
    revisions.toReversed().map(({ revision, downRevision, dependsOn }) => ({ revision, downRevision, dependsOn })),
  );
  return async (database) => {
    const current = await readCurrent(database);
    // A revision that is not known here is a newer release's, which has gone further than this one.
    const isAhead = current.some((revision) => graph.get(revision) === undefined);
    const pending = isAhead ? 0 : graph.plan("upgrade", "heads", current).steps.length;
    return { current, heads: graph.heads(), pending };
  };
}

async function readCurrent(database: Database): Promise<string[]> {
  try {
    const rows = await database.query<{ version_num: string }>(
      "SELECT version_num FROM public.alembic_version ORDER BY version_num",
    );
    return rows.map((row) => row.version_num);
  } catch (error) {
    if (sqlState(error) === undefinedTable) return [];
    throw error;
  }
}

const undefinedTable = "42P01";
