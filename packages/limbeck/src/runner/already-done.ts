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
