import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { dbmate } from "./dbmate.ts";
import { drizzleKit } from "./drizzle-kit.ts";
import { graphileMigrate } from "./graphile-migrate.ts";
import { knex } from "./knex.ts";
import { kyselyCtl } from "./kysely-ctl.ts";
import { limbeck } from "./limbeck.ts";
import { nodePgMigrate } from "./node-pg-migrate.ts";
import { installed, type Peer } from "./peer.ts";
import { psql } from "./psql.ts";
import { postgrator, umzug } from "./scripted.ts";

/** limbeck first, then the tools that are written in TypeScript, and the floor. */
export const contestants: readonly Peer[] = [
  limbeck,
  nodePgMigrate,
  knex,
  kyselyCtl,
  drizzleKit,
  umzug,
  postgrator,
  graphileMigrate,
  dbmate,
  psql,
];

/** Installs the peers from their own lock file, unless they are there. */
export function installPeers(): void {
  if (existsSync(installed)) return;
  const { status } = spawnSync("npm", ["ci", "--no-audit", "--no-fund"], {
    cwd: import.meta.dirname,
    stdio: "inherit",
  });
  if (status !== 0) throw new Error("the peers could not be installed");
}
