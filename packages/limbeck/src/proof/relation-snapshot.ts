import type { Session } from "../database/session.ts";
import type { MeasuredLock, MeasuredRelation, Measurement } from "../lint/measurement.ts";
import { LOCK_MODES, type LockMode } from "../operations/language/statement.ts";

/** What a session sees of the user's relations, by their OIDs, and of its own locks on them. */
export interface Snapshot {
  readonly relations: Readonly<Record<string, Seen>>;
  readonly locks: readonly (readonly [oid: number, mode: string])[];
}

interface Seen {
  readonly schema: string;
  readonly name: string;
  readonly kind: MeasuredRelation["kind"];
  /** 0 for what has no file. */
  readonly file: number;
  readonly bytes: number;
  /** Scans in this transaction. */
  readonly scans: number;
  /** An index's table, or a partition's parent. */
  readonly of: number | null;
  readonly isInvalid: boolean;
}

/** The user's relations begin with this OID ("FirstNormalObjectId", stable in all versions). */
const FIRST_OID = 16384;

const SNAPSHOT = `select json_build_object(
    'relations', coalesce((
      select json_object_agg(c.oid, json_build_object(
          'schema', n.nspname, 'name', c.relname, 'file', coalesce(pg_relation_filenode(c.oid), 0), 'of', coalesce(i.indrelid, h.inhparent),
          'kind', case c.relkind when 'r' then 'table' when 'p' then 'partitioned table' when 'i' then 'index'
            when 'I' then 'index' when 'v' then 'view' when 'm' then 'materialized view' else 'other' end,
          'bytes', case when c.relkind in ('r', 'm') then pg_relation_size(c.oid) else 0 end,
          'scans', pg_stat_get_xact_numscans(c.oid),
          'isInvalid', i.indisvalid is false and c.relkind = 'i'))
        from pg_class c join pg_namespace n on n.oid = c.relnamespace
        left join pg_index i on i.indexrelid = c.oid
        left join pg_inherits h on h.inhrelid = c.oid and h.inhseqno = 1
       where c.oid >= ${FIRST_OID} and c.relkind in ('r', 'p', 'i', 'I', 'v', 'm', 'f')
         and n.nspname <> 'pg_toast'), '{}'),
    'locks', coalesce((
      select json_agg(json_build_array(l.relation, l.mode)) from pg_locks l
       where l.pid = pg_backend_pid() and l.locktype = 'relation' and l.granted and l.relation >= ${FIRST_OID}
         and l.database = (select d.oid from pg_database d where d.datname = current_database())), '[]')
  )::text as seen`;

export async function takeSnapshot(session: Session): Promise<Snapshot> {
  const [row] = await session.query<{ seen: string }>(SNAPSHOT);
  return JSON.parse(row!.seen) as Snapshot;
}

export interface MeasuredStatement {
  readonly before: Snapshot;
  readonly after: Snapshot;
  /** The relations that were there before the run. */
  readonly existing: ReadonlySet<string>;
  readonly inTransaction: boolean;
  /** Whether its own queries may look through an index at what has to be looked at as a whole, as a foreign key's check does. */
  readonly isUtility: boolean;
}

/** What a statement did to the relations that were there before the run. */
export function measurementOf({ before, after, existing, inTransaction, isUtility }: MeasuredStatement): Measurement {
  const there = [...existing].filter((oid) => Object.hasOwn(before.relations, oid));
  const relation = (oid: string): MeasuredRelation =>
    relationOf(Object.hasOwn(before.relations, oid) ? before : after, oid);
  const changed = (test: (was: Seen, is: Seen, oid: string) => boolean): MeasuredRelation[] =>
    there
      .filter((oid) => Object.hasOwn(after.relations, oid) && test(before.relations[oid]!, after.relations[oid]!, oid))
      .map(relation);
  const isRenewed = (was: Seen, is: Seen): boolean => is.kind !== "index" && is.file !== was.file;
  const lookedThrough = new Set(
    there.flatMap((oid) => {
      const [was, is] = [before.relations[oid]!, after.relations[oid]];
      return isUtility && was.kind === "index" && is !== undefined && is.scans > was.scans ? String(was.of) : [];
    }),
  );
  const isScanned = (was: Seen, is: Seen, oid: string): boolean => is.scans > was.scans || lookedThrough.has(oid);
  const isTable = ({ kind }: Seen): boolean => kind === "table" || kind === "materialized view";
  const isEmptied = (was: Seen, is: Seen): boolean => is.kind === "table" && was.bytes > 0 && is.bytes === 0;
  const renewed = changed(isRenewed);
  const whole = new Set(
    there.filter((oid) => isRenewed(before.relations[oid]!, after.relations[oid] ?? before.relations[oid]!)),
  );
  // An index that a type change leaves as it is gets another OID, and keeps its file.
  const files = new Set(Object.values(before.relations).map(({ file }) => file));
  const built = Object.entries(after.relations).filter(
    ([, { kind, file, of }]) =>
      kind === "index" && file !== 0 && !files.has(file) && existing.has(String(of)) && !whole.has(String(of)),
  );
  // What an earlier statement dropped is locked to the end of the transaction, and nothing any more.
  const present = new Set(there);
  const held = strongest(before.locks, present);
  const taken = strongest(after.locks, present);
  return {
    held: held.map(toLock),
    locks: taken.filter(([oid, mode]) => rank(held.find(([other]) => other === oid)?.[1]) < rank(mode)).map(toLock),
    rewritten: changed((was, is) => isRenewed(was, is) && !isEmptied(was, is)),
    renewed,
    scanned: inTransaction
      ? changed((was, is, oid) => isTable(is) && !isEmptied(was, is) && isScanned(was, is, oid))
      : [],
    built: inTransaction ? built.map(([oid]) => relation(oid)) : [],
    invalid: Object.entries(after.relations)
      .filter(([oid, is]) => is.isInvalid && before.relations[oid]?.isInvalid !== true)
      .map(([oid]) => relation(oid)),
    isComplete: inTransaction,
  };

  function toLock([oid, mode]: readonly [string, LockMode]): MeasuredLock {
    return { relation: relation(oid), mode };
  }
}

function relationOf({ relations }: Snapshot, oid: string): MeasuredRelation {
  const { schema, name, kind, of } = relations[oid]!;
  const whole =
    of === null || !Object.hasOwn(relations, of) ? undefined : relationOf({ relations, locks: [] }, String(of));
  const within = whole === undefined ? [] : [{ schema: whole.schema, name: whole.name }, ...whole.within];
  return { schema, name, kind, within };
}

/** The strongest mode on each relation. */
function strongest(locks: Snapshot["locks"], present: ReadonlySet<string>): (readonly [string, LockMode])[] {
  const modes = new Map<string, LockMode>();
  for (const [oid, said] of locks) {
    const mode = modeOf(said);
    if (present.has(String(oid)) && rank(modes.get(String(oid))) < rank(mode)) modes.set(String(oid), mode);
  }
  return [...modes];
}

/** `AccessExclusiveLock`, as `pg_locks` says it, in the words of SQL. */
function modeOf(said: string): LockMode {
  const words = said
    .replace(/Lock$/, "")
    .replace(/(?<=[a-z])(?=[A-Z])/g, " ")
    .toUpperCase();
  return LOCK_MODES.find((mode) => mode === words) ?? "ACCESS SHARE";
}

function rank(mode: LockMode | undefined): number {
  return mode === undefined ? -1 : LOCK_MODES.indexOf(mode);
}
