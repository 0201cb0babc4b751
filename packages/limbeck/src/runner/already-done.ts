import type { Session } from "../database/session.ts";
import { parseStatement } from "../grammar/statements.ts";
import { identifier } from "../operations/language/identifiers.ts";

interface RangeName {
  readonly schemaname?: string;
  readonly relname: string;
}

/**
 * Whether a statement that ran outside a transaction has had its effect although the run was cut off before that was
 * noted. A half-built index is dropped, so that it can be built again. What cannot be told is run again.
 */
export async function alreadyDone(session: Session, text: string): Promise<boolean> {
  const { node, tree } = await parseStatement(text);
  switch (node) {
    case "IndexStmt":
      return await indexIsReady(session, tree as { idxname?: string; relation: RangeName });
    case "DropStmt":
      return await relationIsGone(session, tree as { objects: ListItem[] });
    case "ReindexStmt":
      return await dropLeftovers(session, tree as unknown as Reindex);
    case "AlterTableStmt":
      return await partitionIsDetached(session, tree as unknown as AlterTable);
    case "AlterEnumStmt":
      return await enumHasValue(session, tree as { typeName: StringItem[]; newVal: string });
    default:
      return false;
  }
}

async function indexIsReady(session: Session, tree: { idxname?: string; relation: RangeName }): Promise<boolean> {
  if (tree.idxname === undefined) return false;
  const table = dotted([tree.relation.schemaname, tree.relation.relname]);
  const [index] = await session.query<{ name: string; ready: boolean }>(
    `select i.indexrelid::regclass::text as name, i.indisvalid and i.indisready as ready
       from pg_index i join pg_class c on c.oid = i.indexrelid
      where i.indrelid = to_regclass($1) and c.relname = $2`,
    [table, tree.idxname],
  );
  if (index === undefined || index.ready) return index !== undefined;
  await session.script([`DROP INDEX CONCURRENTLY ${index.name}`]);
  return false;
}

interface Reindex {
  readonly kind: string;
  readonly relation?: RangeName;
}

/** Which indexes a REINDEX works on, by what it names. */
const REINDEXED: Readonly<Record<string, string>> = {
  REINDEX_OBJECT_INDEX: "i.indexrelid = to_regclass($1)",
  REINDEX_OBJECT_TABLE: "i.indrelid = to_regclass($1)",
};

/**
 * REINDEX CONCURRENTLY that was broken off leaves an invalid copy of an index behind: its definition under its name with
 * `_ccnew` or `_ccold` and perhaps a number (manual: "REINDEX", "Rebuilding Indexes Concurrently").
 */
async function dropLeftovers(session: Session, { kind, relation }: Reindex): Promise<false> {
  const isOne = REINDEXED[kind];
  if (isOne === undefined || relation === undefined) return false;
  const leftovers = await session.query<{ name: string }>(
    `select distinct l.indexrelid::regclass::text as name
       from pg_index i join pg_class c on c.oid = i.indexrelid
       join pg_index l on l.indrelid = i.indrelid and l.indexrelid <> i.indexrelid
       join pg_class lc on lc.oid = l.indexrelid
      where ${isOne} and not l.indisvalid and lc.relname ~ '_cc(new|old)[0-9]*$'
        and starts_with(c.relname, regexp_replace(lc.relname, '_cc(new|old)[0-9]*$', ''))
        and (l.indkey::text, l.indclass::text, l.indoption::text, l.indexprs is null, l.indpred is null)
          = (i.indkey::text, i.indclass::text, i.indoption::text, i.indexprs is null, i.indpred is null)`,
    [dotted([relation.schemaname, relation.relname])],
  );
  for (const { name } of leftovers) await session.script([`DROP INDEX CONCURRENTLY IF EXISTS ${name}`]);
  return false;
}

interface AlterTable {
  readonly relation: RangeName;
  readonly cmds: readonly { readonly AlterTableCmd: { readonly def?: { readonly PartitionCmd?: PartitionCmd } } }[];
}

interface PartitionCmd {
  readonly name: RangeName;
  readonly concurrent?: boolean;
}

/** DETACH PARTITION … CONCURRENTLY that was broken off is ended with FINALIZE, and no other way (manual: "ALTER TABLE"). */
async function partitionIsDetached(session: Session, { relation, cmds }: AlterTable): Promise<boolean> {
  const detached = cmds[0]?.AlterTableCmd.def?.PartitionCmd;
  if (detached?.concurrent !== true) return false;
  const parent = dotted([relation.schemaname, relation.relname]);
  const child = dotted([detached.name.schemaname, detached.name.relname]);
  const [row] = await session.query<{ isPending: boolean | null; isThere: boolean }>(
    `select to_regclass($1) is not null and to_regclass($2) is not null as "isThere",
            (select inhdetachpending from pg_inherits
              where inhparent = to_regclass($1) and inhrelid = to_regclass($2)) as "isPending"`,
    [parent, child],
  );
  const { isPending, isThere } = row!;
  if (isPending === true) await session.script([`ALTER TABLE ${parent} DETACH PARTITION ${child} FINALIZE`]);
  return isThere && isPending !== false;
}

interface StringItem {
  readonly String: { readonly sval: string };
}

interface ListItem {
  readonly List: { readonly items: StringItem[] };
}

async function relationIsGone(session: Session, tree: { objects: ListItem[] }): Promise<boolean> {
  const names = tree.objects.map(({ List }) => dotted(List.items.map(({ String: { sval } }) => sval)));
  const rows = await session.query<{ there: boolean }>(
    "select to_regclass(name) is not null as there from unnest($1::text[]) as name",
    [names],
  );
  return rows.every(({ there }) => !there);
}

async function enumHasValue(session: Session, tree: { typeName: StringItem[]; newVal: string }): Promise<boolean> {
  const [row] = await session.query<{ found: boolean }>(
    "select exists (select from pg_enum where enumtypid = to_regtype($1) and enumlabel = $2) as found",
    [dotted(tree.typeName.map(({ String: { sval } }) => sval)), tree.newVal],
  );
  return row!.found;
}

function dotted(names: readonly (string | undefined)[]): string {
  return names
    .filter((name) => name !== undefined)
    .map(identifier)
    .join(".");
}
