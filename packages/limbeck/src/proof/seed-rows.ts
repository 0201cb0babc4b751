import type { Session } from "../database/session.ts";
import { identifier } from "../operations/language/identifiers.ts";
import { quote } from "../operations/language/literals.ts";
import { fillSql, insertSql, type SeedColumn } from "./seed-sql.ts";

/** A relation as SQL names it, with its schema. */
export type TableName = string;

/**
 * Puts rows into tables that have none, and values into columns that have none, as far as that is easy: what a check,
 * a trigger or a unique index refuses stays empty. Gives the tables that it filled.
 */
export async function seedRows(session: Session, without: readonly TableName[]): Promise<TableName[]> {
  const columns = (await readColumns(session)).filter(({ table }) => !without.includes(table));
  const tables = byTable(columns);
  if (tables.size === 0) return [];
  const before = await emptyTables(session, [...tables.keys()]);
  const inserts = [...tables].filter(([table]) => before.includes(table));
  const fills = columns.filter(({ table, notNull }) => !notNull && !before.includes(table));
  // A table may need rows of one that comes later; a second pass finds them there.
  const pass = inserts.map(([table, own]) => attempts(insertSql(table, own), `NOT EXISTS (SELECT FROM ${table})`));
  const all = [...pass, ...(pass.length > 1 ? pass : []), ...fills.map(fillAttempt)];
  if (all.length === 0) return [];
  await session.script([`DO ${quote(`BEGIN\n${all.join("\n")}\nEND`)}`]);
  const after = await emptyTables(session, before);
  return before.filter((table) => !after.includes(table));
}

function byTable(columns: readonly SeedColumn[]): ReadonlyMap<TableName, SeedColumn[]> {
  const tables = new Map<TableName, SeedColumn[]>();
  for (const column of columns) tables.set(column.table, [...(tables.get(column.table) ?? []), column]);
  return tables;
}

/** The names of those tables that have no row. */
async function emptyTables(session: Session, tables: readonly TableName[]): Promise<TableName[]> {
  if (tables.length === 0) return [];
  const queries = tables.map((table) => `SELECT ${quote(table)} AS name WHERE NOT EXISTS (SELECT FROM ${table})`);
  const rows = await session.query<{ name: string }>(queries.join(" UNION ALL "));
  return rows.map(({ name }) => name);
}

/** The first of several statements that the database takes, as PL/pgSQL. */
function attempts(statements: readonly string[], condition: string): string {
  const tried = statements.reduceRight(
    (otherwise, text) => `BEGIN ${text}; EXCEPTION WHEN OTHERS THEN ${otherwise} END;`,
    "NULL;",
  );
  return `IF ${condition} THEN ${tried} END IF;`;
}

function fillAttempt(column: SeedColumn): string {
  const { table, name } = column;
  return attempts([fillSql(column)], `NOT EXISTS (SELECT FROM ${table} WHERE ${identifier(name)} IS NOT NULL)`);
}

async function readColumns(session: Session): Promise<SeedColumn[]> {
  const rows = await session.query<{ column: string }>(COLUMNS);
  return rows.map(({ column }) => JSON.parse(column) as SeedColumn);
}

/** The columns of all tables of the user's that an INSERT may name. */
const COLUMNS = `
select jsonb_build_object(
    'table', format('%I.%I', n.nspname, c.relname),
    'name', a.attname,
    'type', format_type(a.atttypid, a.atttypmod),
    'baseType', b.typname,
    'category', b.typcategory,
    'length', case when b.typname in ('varchar', 'bpchar') and a.atttypmod > 4 then a.atttypmod - 4 end,
    'notNull', a.attnotnull,
    'hasDefault', a.atthasdef,
    'labels', (select jsonb_agg(e.enumlabel order by e.enumsortorder) from pg_enum e where e.enumtypid = b.oid),
    'references', (
      select jsonb_build_object(
          'table', format('%I.%I', rn.nspname, r.relname),
          'column', (select ra.attname from pg_attribute ra
                      where ra.attrelid = k.confrelid and ra.attnum = k.confkey[array_position(k.conkey, a.attnum)]))
        from pg_constraint k
        join pg_class r on r.oid = k.confrelid join pg_namespace rn on rn.oid = r.relnamespace
       where k.contype = 'f' and k.conrelid = c.oid and a.attnum = any (k.conkey)
       order by k.conname limit 1)
  )::text as "column"
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
  join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  join pg_type t on t.oid = a.atttypid
  join pg_type b on b.oid = case when t.typtype = 'd' then t.typbasetype else t.oid end
  left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
 where c.relkind in ('r', 'p') and not c.relispartition and c.relpersistence <> 't'
   and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
   and not exists (select from pg_depend e where e.classid = 'pg_class'::regclass and e.objid = c.oid and e.deptype = 'e')
   and a.attgenerated = '' and a.attidentity = ''
   and (d.oid is null or pg_get_expr(d.adbin, d.adrelid) !~ '^nextval\\(')
 order by c.oid, a.attnum`;
