import { basename } from "node:path";
import { placeOf } from "../../database/place.ts";
import type { Session } from "../../database/session.ts";
import { countObjects, readObjects, type CatalogObject } from "./objects.ts";
import type { BackedUpDatabase, Written } from "./manifest.ts";

/** What a database says of itself at one moment: the part of a manifest that it knows. */
export type DatabaseFacts = Pick<Written, "database" | "serverVersion" | "objects" | "estimatedRows"> & {
  readonly list: readonly CatalogObject[];
  readonly major: number;
};

export async function databaseFacts(session: Session): Promise<DatabaseFacts> {
  const [server] = await session.query<{ version: string; major: number; rows: number }>(
    `select current_setting('server_version') as version, current_setting('server_version_num')::int / 10000 as major,
            (select coalesce(sum(greatest(c.reltuples, pg_stat_get_live_tuples(c.oid), 0)), 0)::float8
               from pg_class c join pg_namespace n on n.oid = c.relnamespace
              where c.relkind = 'r' and n.nspname !~ '^pg_' and n.nspname <> 'information_schema') as rows`,
  );
  const list = await readObjects(session);
  return {
    database: nameOf(session),
    serverVersion: server!.version.split(" ")[0]!,
    major: server!.major,
    objects: countObjects(list),
    estimatedRows: Math.round(server!.rows),
    list,
  };
}

/** The embedded database goes by the name of its folder. */
export function nameOf(session: Session): BackedUpDatabase {
  const { name, address, port, database } = placeOf(session);
  if (session.kind === "server") return { name: name ?? "", host: address ?? null, port: port ?? null };
  return { name: basename(database.replace(/^pglite:(?:\/\/)?/, "")) || "memory", host: null, port: null };
}
