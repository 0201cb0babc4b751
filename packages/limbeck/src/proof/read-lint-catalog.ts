import type { Session } from "../database/session.ts";
import { parseStatement } from "../grammar/statements.ts";
import type {
  Catalog,
  ColumnFacts,
  ConstraintFacts,
  DomainFacts,
  IndexFacts,
  RelationFacts,
  Volatility,
} from "../lint/catalog.ts";
import { notNullColumns } from "../lint/expressions.ts";
import type { Mentions } from "../lint/mentions.ts";
import { displayName, typeName, type ObjectName, type TypeName } from "../lint/names.ts";
import { unwrap, unwrapAll, type Tree } from "../lint/tree.ts";

/** Reads what lint asks of a database about the names in its statements. Writes nothing. */
export async function readLintCatalog(session: Session, { relations, functions }: Mentions): Promise<Catalog> {
  const [facts] = await session.query<{ facts: string }>(GENERAL);
  const { majorVersion, timeZone, casts, domains } = JSON.parse(facts!.facts) as GeneralFacts;
  const rows = await session.query<{ asked: string; facts: string }>(RELATIONS, [relations.map(displayName)]);
  const found = new Map<string, RelationFacts | IndexFacts>();
  for (const { asked, facts: one } of rows) found.set(asked, await relationFacts(JSON.parse(one) as RelationRow));
  const volatilities = await readVolatilities(session, functions);
  const domainsByName = new Map<string, DomainFacts>();
  for (const each of domains) {
    domainsByName.set(each.name, { base: await typeOf(each.base), constrained: each.constrained, used: each.used });
  }
  for (const [name, { base }] of domainsByName) {
    const constrained = isConstrained(name);
    domainsByName.set(name, { ...domainsByName.get(name)!, base, constrained });
  }
  // What is said of a domain holds for those that are made of it, but not for one of its arrays. One may have the name of its base.
  function isConstrained(name: string): boolean {
    const domain = domainsByName.get(name);
    if (domain === undefined || domain.constrained) return domain !== undefined;
    return !domain.base.array && domain.base.name !== name && isConstrained(domain.base.name);
  }
  const coercible = new Set(casts);
  const lookUp = (name: ObjectName): RelationFacts | IndexFacts | undefined => found.get(displayName(name));
  return {
    majorVersion,
    timeZone,
    relation: (name) => onlyIf(lookUp(name), isRelation),
    index: (name) => onlyIf(lookUp(name), isIndex),
    domain: ({ name }) => domainsByName.get(name),
    volatility: ({ name }) => volatilities.get(name),
    isBinaryCoercible: (from, to) => coercible.has(`${from} ${to}`),
  };
}

function onlyIf<Wanted extends RelationFacts | IndexFacts>(
  facts: RelationFacts | IndexFacts | undefined,
  is: (each: RelationFacts | IndexFacts) => each is Wanted,
): Wanted | undefined {
  return facts !== undefined && is(facts) ? facts : undefined;
}

const isIndex = (facts: RelationFacts | IndexFacts): facts is IndexFacts => "shape" in facts;
const isRelation = (facts: RelationFacts | IndexFacts): facts is RelationFacts => !("shape" in facts);

interface GeneralFacts {
  readonly majorVersion: number;
  readonly timeZone: string;
  /** Pairs of the names of types. */
  readonly casts: readonly string[];
  readonly domains: readonly {
    readonly name: string;
    readonly base: string;
    readonly constrained: boolean;
    readonly used: boolean;
  }[];
}

/** `castmethod = 'b'`: the value need not be touched. varchar and text are so by nature and not by a row. */
const GENERAL = `select json_build_object(
    'majorVersion', current_setting('server_version_num')::int / 10000,
    'timeZone', current_setting('TimeZone'),
    'casts', (
      select json_agg(s.typname || ' ' || t.typname)
        from pg_cast c join pg_type s on s.oid = c.castsource join pg_type t on t.oid = c.casttarget
       where c.castmethod = 'b'),
    'domains', coalesce((
      select json_agg(json_build_object(
        'name', d.typname,
        'base', format_type(d.typbasetype, d.typtypmod),
        'constrained', d.typnotnull or exists (select from pg_constraint x where x.contypid = d.oid and x.contype = 'c'),
        'used', exists (
          select from pg_attribute a join pg_class c on c.oid = a.attrelid
           where a.atttypid in (d.oid, d.typarray) and not a.attisdropped and c.relkind in ('r', 'p', 'm', 'c'))
          or exists (select from pg_type o where o.typbasetype = d.oid)))
        from pg_type d where d.typtype = 'd' and d.typnamespace <> 'information_schema'::regnamespace), '[]')
  )::text as facts`;

interface RelationRow {
  readonly schema: string;
  readonly name: string;
  readonly kind: RelationFacts["kind"] | "index";
  readonly rows: number;
  readonly bytes: number;
  readonly isEmpty: boolean;
  readonly unlogged: boolean;
  readonly tablespace: string | null;
  readonly accessMethod: string | null;
  readonly columns: readonly (Omit<ColumnFacts, "type"> & { readonly type: string })[];
  readonly constraints: readonly (Omit<ConstraintFacts, "notNull" | "expression"> & { readonly definition: string })[];
  readonly indexes: readonly IndexFacts[];
  readonly partitionKey: readonly (string | undefined)[];
  readonly defaultPartition: ObjectName | null;
  readonly index: IndexFacts | null;
}

/** The columns of a key by their numbers; 0, and so null, is an expression. */
const columnNames = (relation: string, numbers: string): string =>
  `(select json_agg(a.attname order by k.place) from unnest(${numbers}) with ordinality k(number, place)
      left join pg_attribute a on a.attrelid = ${relation} and a.attnum = k.number and k.number <> 0)`;

const INDEX = `json_build_object(
          'schema', xn.nspname, 'name', xc.relname,
          'table', json_build_object('schema', tn.nspname, 'name', tc.relname),
          'columns', ${columnNames("i.indrelid", "(i.indkey::int2[])[0:i.indnkeyatts - 1]")},
          'unique', i.indisunique,
          'expressionColumns', case when i.indexprs is null and i.indpred is null then '[]' else coalesce((
            select json_agg(distinct da.attname) from pg_depend d join pg_attribute da on da.attrelid = d.refobjid and da.attnum = d.refobjsubid
             where d.classid = 'pg_class'::regclass and d.objid = i.indexrelid and d.refclassid = 'pg_class'::regclass
               and d.refobjid = i.indrelid), '[]') end,
          'shape', regexp_replace(pg_get_indexdef(i.indexrelid), '^CREATE (UNIQUE )?INDEX .* ON .* USING ', '\\1'))
        from pg_index i
        join pg_class xc on xc.oid = i.indexrelid join pg_namespace xn on xn.oid = xc.relnamespace
        join pg_class tc on tc.oid = i.indrelid join pg_namespace tn on tn.oid = tc.relnamespace`;

const RELATIONS = `select asked.name as asked, json_build_object(
    'schema', n.nspname,
    'name', c.relname,
    'kind', case c.relkind when 'p' then 'partitioned table' when 'v' then 'view' when 'm' then 'materialized view'
      when 'i' then 'index' when 'I' then 'index' else 'table' end,
    'rows', greatest(c.reltuples, 0),
    'isEmpty', case c.relkind when 'p' then not exists (select from pg_inherits h where h.inhparent = c.oid)
      else c.relkind in ('r', 'm') and pg_relation_size(c.oid) = 0 end,
    'unlogged', c.relpersistence = 'u',
    'tablespace', (select ts.spcname from pg_tablespace ts where ts.oid = c.reltablespace),
    'accessMethod', (select am.amname from pg_am am where am.oid = c.relam),
    'bytes', case when c.relkind in ('r', 'm') then pg_total_relation_size(c.oid) else 0 end,
    'columns', coalesce((
      select json_agg(json_build_object(
        'name', a.attname, 'type', format_type(a.atttypid, a.atttypmod), 'nullable', not a.attnotnull,
        'collation', (select k.collname from pg_collation k join pg_type t on t.oid = a.atttypid
          where k.oid = a.attcollation and k.oid <> t.typcollation)))
        from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped), '[]'),
    'constraints', coalesce((
      select json_agg(json_build_object(
        'name', x.conname, 'validated', x.convalidated,
        'type', case x.contype when 'c' then 'check' when 'f' then 'foreign key' when 'u' then 'unique'
          when 'p' then 'primary key' when 'n' then 'not null' else 'exclusion' end,
        'columns', coalesce(${columnNames("x.conrelid", "x.conkey")}, '[]'),
        'definition', pg_get_constraintdef(x.oid),
        'references', (select json_build_object('schema', rn.nspname, 'name', rc.relname)
          from pg_class rc join pg_namespace rn on rn.oid = rc.relnamespace where rc.oid = x.confrelid)))
        from pg_constraint x where x.conrelid = c.oid and x.contype <> 't'), '[]'),
    'indexes', coalesce((select json_agg(one.f) from (select ${INDEX} where i.indrelid = c.oid) one(f)), '[]'),
    'index', case when c.relkind in ('i', 'I') then (select ${INDEX} where i.indexrelid = c.oid) end,
    'partitionKey', coalesce((
      select ${columnNames("p.partrelid", "p.partattrs::int2[]")} from pg_partitioned_table p where p.partrelid = c.oid), '[]'),
    'defaultPartition', (
      select json_build_object('schema', dn.nspname, 'name', dc.relname)
        from pg_partitioned_table p join pg_class dc on dc.oid = p.partdefid join pg_namespace dn on dn.oid = dc.relnamespace
       where p.partrelid = c.oid)
  )::text as facts
  from unnest($1::text[]) asked(name)
  join pg_class c on c.oid = to_regclass(asked.name)
  join pg_namespace n on n.oid = c.relnamespace`;

async function relationFacts(row: RelationRow): Promise<RelationFacts | IndexFacts> {
  if (row.index !== null) return row.index;
  const columns: ColumnFacts[] = [];
  for (const column of row.columns) {
    columns.push({ ...column, type: await typeOf(column.type), collation: column.collation ?? undefined });
  }
  const constraints: ConstraintFacts[] = [];
  for (const { definition, ...rest } of row.constraints) {
    const expression = rest.type === "check" ? await conditionOf(definition) : undefined;
    const notNull = rest.type === "not null" ? rest.columns : notNullColumns(expression);
    constraints.push({ ...rest, references: rest.references ?? undefined, expression, notNull });
  }
  const { schema, name, rows, bytes, isEmpty, unlogged, indexes, partitionKey, defaultPartition } = row;
  const kind = row.kind === "index" ? "table" : row.kind;
  const partition = defaultPartition ?? undefined;
  return {
    schema,
    name,
    kind,
    rows,
    bytes,
    isEmpty,
    unlogged,
    tablespace: row.tablespace ?? undefined,
    accessMethod: row.accessMethod ?? undefined,
    columns,
    constraints,
    indexes,
    partitionKey,
    defaultPartition: partition,
  };
}

/** A type in PostgreSQL's print, read by its grammar, as types in statements are. */
async function typeOf(printed: string): Promise<TypeName> {
  const { tree } = await parseStatement(`select null::${printed}`);
  const [target] = unwrapAll(tree["targetList"], "ResTarget");
  return typeName(unwrap(target?.["val"], "TypeCast")?.["typeName"]);
}

async function conditionOf(definition: string): Promise<Tree | undefined> {
  const { tree } = await parseStatement(`alter table x add ${definition}`);
  const [command] = unwrapAll(tree["cmds"], "AlterTableCmd");
  return unwrap(command?.["def"], "Constraint")?.["raw_expr"] as Tree | undefined;
}

async function readVolatilities(session: Session, functions: readonly ObjectName[]): Promise<Map<string, Volatility>> {
  const rows = await session.query<{ name: string; volatility: Volatility }>(
    `select proname as name, (array['immutable', 'stable', 'volatile'])[
        max(case provolatile when 'i' then 1 when 's' then 2 else 3 end)] as volatility
       from pg_proc where proname = any($1::text[]) group by proname`,
    [functions.map(({ name }) => name)],
  );
  return new Map(rows.map(({ name, volatility }) => [name, volatility]));
}
