import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { Client } from "pg";
import { createDatabase, startCluster, test as base, type Cluster } from "testkit";
import { inject } from "vitest";
import { findClientPrograms } from "../src/database/client-programs.ts";
import { Limbeck, type Config } from "../src/index.ts";

let chosen: Promise<string | undefined> | undefined;
let own: Cluster | undefined;

/**
 * A server with a pg_dump that takes it: the run's, or one of the machine's own of the same version as its pg_dump. npm's
 * binaries have none. Undefined where there is neither.
 */
async function serverWithPrograms(): Promise<string | undefined> {
  const url = inject("postgresUrl");
  const wanted = { major: await majorOf(url), folder: undefined, env: process.env };
  if (await findClientPrograms(wanted).then(Boolean, () => false)) return url;
  const bin = systemServer();
  if (bin === undefined) return undefined;
  own = await startCluster({ bin });
  return own.url;
}

async function majorOf(url: string): Promise<number> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ major: number }>(
    "select current_setting('server_version_num')::int / 10000 as major",
  );
  await client.end();
  return rows[0]!.major;
}

export async function stopServerWithPrograms(): Promise<void> {
  const stopped = own;
  // The next file of this worker may find this module as it is.
  [own, chosen] = [undefined, undefined];
  await stopped?.stop();
}

function systemServer(): string | undefined {
  const root = "/usr/lib/postgresql";
  if (!existsSync(root)) return undefined;
  const bins = readdirSync(root).map((version) => join(root, version, "bin"));
  return bins.find((bin) => ["initdb", "postgres", "pg_dump"].every((name) => existsSync(join(bin, name))));
}

export type Opened = (options?: Partial<Config>) => Promise<Limbeck>;

/** Vitest's `test`, with databases on a server that can be backed up, and `opened`, limbeck on the test's own. */
export const test = base
  .extend("postgresUrl", async ({ skip }) => {
    const url = await (chosen ??= serverWithPrograms());
    return url ?? skip("no server on this machine has a pg_dump of its version");
  })
  .extend("opened", ({ databaseUrl, folder }, { onCleanup }) => {
    const all: Limbeck[] = [];
    onCleanup(async () => {
      for (const limbeck of all) await limbeck.close();
    });
    const opened: Opened = async (options = {}) => {
      const limbeck = await Limbeck.open({ cwd: folder, url: databaseUrl, ...options });
      all.push(limbeck);
      return limbeck;
    };
    return opened;
  })
  .extend("secondUrl", async ({ postgresUrl }, { onCleanup }) => {
    const database = await createDatabase(postgresUrl);
    onCleanup(database.drop);
    return database.url;
  });
