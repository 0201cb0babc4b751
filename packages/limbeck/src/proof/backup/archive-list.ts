import type { CatalogObject } from "./objects.ts";

/** What `pg_restore --list` tells of an archive. */
export interface ArchiveList {
  /** Entries by their catalog and oid, as `1259 16384`. */
  readonly entries: ReadonlySet<string>;
  /** The oids of tables whose rows the archive has. */
  readonly data: ReadonlySet<number>;
  /** From PostgreSQL 17 on one entry holds several large objects: the first and the last of each. */
  readonly largeObjects: readonly (readonly [number, number])[];
}

/** Reads the lines `dumpId; catalog oid KIND schema name owner`. */
export function parseArchiveList(text: string): ArchiveList {
  const entries = new Set<string>();
  const data = new Set<number>();
  const largeObjects: [number, number][] = [];
  for (const line of text.split("\n")) {
    const [, catalog, oid, rest] = /^\d+; (\d+) (\d+) (.*)$/.exec(line) ?? [];
    if (rest === undefined) continue;
    entries.add(`${catalog} ${oid}`);
    if (rest.startsWith("TABLE DATA ")) data.add(Number(oid));
    if (catalog === "2613") {
      const [, first = oid, last = first] = /^BLOB METADATA - (\d+)(?:\.\.(\d+))?/.exec(rest) ?? [];
      largeObjects.push([Number(first), Number(last)]);
    }
  }
  return { entries, data, largeObjects };
}

/** What the database has and the archive has not, for people. */
export function missingFrom({ entries, data, largeObjects }: ArchiveList, objects: readonly CatalogObject[]): string[] {
  return objects.flatMap(({ kind, catalog, oid, name, hasRows }) => {
    const isThere =
      kind === "large objects"
        ? largeObjects.some(([first, last]) => oid >= first && oid <= last)
        : entries.has(`${catalog} ${oid}`);
    if (!isThere) return [`${name} (${kind})`];
    return hasRows && !data.has(oid) ? [`the rows of ${name}`] : [];
  });
}
