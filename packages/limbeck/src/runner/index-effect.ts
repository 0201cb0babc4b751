import type { Session } from "../database/session.ts";
import type { Tree } from "../grammar/tree.ts";
import { quote } from "../operations/language/literals.ts";
import { toRegclass, type Effect, type RangeName } from "./effect.ts";

/** An index that was not there before the statement, by its name as SQL. */
interface Found {
  readonly name: string;
  readonly isReady: boolean;
}

/**
 * CREATE INDEX CONCURRENTLY that was broken off leaves an invalid index behind (manual: "CREATE INDEX"). It is known by
 * its name, or, where PostgreSQL chose that, by its form, and by not having been there before.
 */
export function indexEffect(tree: Tree): Effect {
  const { relation, idxname } = tree as { relation: RangeName; idxname?: string };
  const table = toRegclass([relation.schemaname, relation.relname]);
  const isIt = idxname === undefined ? hasForm(tree) : `c.relname = ${quote(idxname)}`;
  return {
    state: idsOf(`pg_index WHERE indrelid = ${table}`),
    settle: async (session, before) => {
      const found = await session.query<Found>(
        `select i.indexrelid::regclass::text as name, i.indisvalid and i.indisready as "isReady"
           from pg_index i join pg_class c on c.oid = i.indexrelid join pg_am m on m.oid = c.relam
          where i.indrelid = ${table} and ${isIt} and ${isNew("i", before)}`,
      );
      if (found.some(({ isReady }) => isReady)) return true;
      await dropAll(session, found);
      return false;
    },
  };
}

/** Whether an index `i` of method `m` is as the statement says, as far as the catalogs tell it without expressions. */
function hasForm({ unique, accessMethod, indexParams, indexIncludingParams = [], whereClause }: Tree): string {
  const [key, included] = [indexParams, indexIncludingParams].map((items) =>
    (items as readonly { readonly IndexElem: { readonly name?: string } }[]).map(({ IndexElem: { name } }) => name),
  );
  const columns = [...key!, ...included!].map((name) => (name === undefined ? "NULL" : quote(name)));
  return `i.indisunique = ${unique === true} and m.amname = ${quote(String(accessMethod))}
    and i.indnkeyatts = ${key!.length} and (i.indpred is null) = ${whereClause === undefined}
    and array[${columns.join(", ")}]::name[] is not distinct from (
      select array_agg(a.attname order by u.place) from unnest(i.indkey::int2[]) with ordinality as u (number, place)
        left join pg_attribute a on a.attrelid = i.indrelid and a.attnum = u.number)`;
}

/** Which tables' indexes a REINDEX works on, by what it names. */
const REINDEXED: Readonly<Record<string, (tree: Tree) => string>> = {
  REINDEX_OBJECT_INDEX: ({ relation }) =>
    `i.indrelid = (select indrelid from pg_index where indexrelid = ${named(relation)})`,
  REINDEX_OBJECT_TABLE: ({ relation }) =>
    `i.indrelid in (${named(relation)}, (select reltoastrelid from pg_class where oid = ${named(relation)}))`,
  REINDEX_OBJECT_SCHEMA: ({ name }) =>
    `exists (select from pg_class t join pg_namespace n on n.oid = t.relnamespace
       where n.nspname = ${quote(String(name))} and i.indrelid in (t.oid, t.reltoastrelid))`,
  REINDEX_OBJECT_DATABASE: () => "true",
};

function named(relation: unknown): string {
  const { schemaname, relname } = relation as RangeName;
  return toRegclass([schemaname, relname]);
}

/**
 * REINDEX CONCURRENTLY that was broken off leaves invalid copies of indexes behind, under their names with `_ccnew` or
 * `_ccold` and perhaps a number (manual: "REINDEX", "Rebuilding Indexes Concurrently"). They are dropped, and it runs again.
 */
export function reindexEffect(tree: Tree): Effect | undefined {
  const isIts = REINDEXED[String(tree["kind"])]?.(tree);
  if (isIts === undefined) return undefined;
  return {
    state: idsOf("pg_index WHERE NOT indisvalid"),
    settle: async (session, before) => {
      const leftovers = await session.query<Found>(
        `select i.indexrelid::regclass::text as name, false as "isReady"
           from pg_index i join pg_class c on c.oid = i.indexrelid
          where not i.indisvalid and c.relname ~ '_cc(new|old)[0-9]*$' and ${isIts} and ${isNew("i", before)}`,
      );
      await dropAll(session, leftovers);
      return false;
    },
  };
}

function idsOf(indexes: string): string {
  return `(SELECT coalesce(jsonb_agg(indexrelid::bigint), '[]') FROM ${indexes})`;
}

/** Whether an index was not there before, and nobody else is building it. */
function isNew(index: string, before: unknown): string {
  return `not ${quote(JSON.stringify(before))}::jsonb @> to_jsonb(${index}.indexrelid::bigint)
    and not exists (select from pg_stat_progress_create_index p where p.index_relid = ${index}.indexrelid)`;
}

async function dropAll(session: Session, indexes: readonly Found[]): Promise<void> {
  for (const { name } of indexes) await session.script([`DROP INDEX CONCURRENTLY IF EXISTS ${name}`]);
}
