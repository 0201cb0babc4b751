import { notOfExtension, relationKind, sortedOptions, tablespaceName } from "./read-schema-fragments.ts";

/**
 * The constraints of tables and domains. NOT NULL is an attribute of its column. What a child inherits is its parent's
 * to say, but for keys, which a partition has under a name of its own.
 */
export function constraintQuery(): string {
  return `
  select 'constraint' as kind, n.nspname as schema,
    case when t.oid is null then 'table' else 'domain' end as relation_kind,
    coalesce(c.relname, t.typname) as relation, con.conname as name, null as signature, 0 as position,
    above.key::text as parent,
    obj_description(con.oid, 'pg_constraint') as comment,
    (jsonb_build_object(
      'type', case con.contype when 'p' then 'primary key' when 'u' then 'unique' when 'f' then 'foreign key'
        when 'c' then 'check' else 'exclusion' end,
      'definition', regexp_replace(pg_get_constraintdef(con.oid), ' NOT VALID$', ''),
      'validated', con.convalidated
    ) || case when i.indexrelid is null then '{}' else jsonb_build_object(
      'clustered', i.indisclustered,
      'replicaIdentity', i.indisreplident,
      'valid', i.indisvalid,
      'partOf', above.key - 'kind',
      'options', ${sortedOptions("ic.reloptions")},
      'tablespace', ${tablespaceName("ic.reltablespace")}
    ) end)::text as attributes
  from pg_constraint con
  join pg_namespace n on n.oid = con.connamespace
  left join pg_class c on c.oid = con.conrelid
  left join pg_type t on t.oid = con.contypid
  left join pg_index i on i.indexrelid = con.conindid and con.contype in ('p', 'u', 'x')
  left join pg_class ic on ic.oid = i.indexrelid
  left join lateral (
    select jsonb_build_object('kind', 'constraint', 'schema', pn.nspname, 'relation', pc.relname, 'name', pk.conname) as key
      from pg_constraint pk join pg_class pc on pc.oid = pk.conrelid join pg_namespace pn on pn.oid = pc.relnamespace
     where pk.oid = con.conparentid
  ) above on true
  where con.contype in ('p', 'u', 'f', 'c', 'x') and con.connamespace = any($1::oid[])
    and (c.relkind in ('r', 'p') or t.oid is not null)
    and (con.conislocal and con.conparentid = 0 or con.contype in ('p', 'u', 'x'))
    and ${notOfExtension("pg_constraint", "con.oid")}
    and (c.oid is null or ${notOfExtension("pg_class", "c.oid")})
    and (t.oid is null or ${notOfExtension("pg_type", "t.oid")})`;
}

/** The indexes that no constraint stands for. */
export function indexQuery(): string {
  return `
  select 'index' as kind, n.nspname as schema, ${relationKind("c")} as relation_kind, c.relname as relation,
    ic.relname as name, null as signature, 0 as position, above.index::text as parent,
    obj_description(ic.oid, 'pg_class') as comment,
    jsonb_build_object(
      'definition', ${INDEX_DEFINITION},
      'valid', i.indisvalid,
      'clustered', i.indisclustered,
      'replicaIdentity', i.indisreplident,
      'partOf', above.index - 'kind',
      'tablespace', ${tablespaceName("ic.reltablespace")}
    )::text as attributes
  from pg_index i
  join pg_class ic on ic.oid = i.indexrelid
  join pg_class c on c.oid = i.indrelid
  join pg_namespace n on n.oid = ic.relnamespace
  left join lateral (
    select jsonb_build_object('kind', 'index', 'schema', pn.nspname, 'name', pc.relname) as index
      from pg_inherits x join pg_class pc on pc.oid = x.inhparent join pg_namespace pn on pn.oid = pc.relnamespace
     where x.inhrelid = ic.oid
  ) above on true
  where ic.relnamespace = any($1::oid[]) and c.relkind in ('r', 'p', 'm')
    and not exists (select from pg_constraint x where x.conindid = ic.oid and x.contype in ('p', 'u', 'x'))
    and ${notOfExtension("pg_class", "c.oid")} and ${notOfExtension("pg_class", "ic.oid")}`;
}

/** ONLY says that the table is partitioned, which its own fact says; it is not how such an index is made anew. */
const INDEX_DEFINITION = `replace(pg_get_indexdef(ic.oid),
        ' ON ONLY ' || c.oid::regclass || ' ', ' ON ' || c.oid::regclass || ' ')`;

/** The triggers that people made; a partition's copy of its parent's trigger is its parent's to say. */
export function triggerQuery(): string {
  return `
  select 'trigger' as kind, n.nspname as schema, ${relationKind("c")} as relation_kind, c.relname as relation,
    t.tgname as name, null as signature, 0 as position, null as parent,
    obj_description(t.oid, 'pg_trigger') as comment,
    jsonb_build_object(
      'definition', pg_get_triggerdef(t.oid),
      'enabled', ${enabledWords("t.tgenabled")}
    )::text as attributes
  from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
  where not t.tgisinternal and t.tgparentid = 0 and c.relkind in ('r', 'p', 'v')
    and c.relnamespace = any($1::oid[])
    and ${notOfExtension("pg_trigger", "t.oid")} and ${notOfExtension("pg_class", "c.oid")}`;
}

export function policyQuery(): string {
  return `
  select 'policy' as kind, n.nspname as schema, 'table' as relation_kind, c.relname as relation, p.polname as name,
    null as signature, 0 as position, null as parent, obj_description(p.oid, 'pg_policy') as comment,
    jsonb_build_object(
      'command', case p.polcmd
        when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update' when 'd' then 'delete' else 'all' end,
      'permissive', p.polpermissive,
      'roles', (select jsonb_agg(case r when 0 then 'public' else pg_get_userbyid(r) end order by pg_get_userbyid(r))
                  from unnest(p.polroles) r),
      'using', pg_get_expr(p.polqual, p.polrelid),
      'check', pg_get_expr(p.polwithcheck, p.polrelid)
    )::text as attributes
  from pg_policy p join pg_class c on c.oid = p.polrelid join pg_namespace n on n.oid = c.relnamespace
  where c.relnamespace = any($1::oid[]) and ${notOfExtension("pg_class", "c.oid")}`;
}

/** The rewrite rules but for those that make a view a view. */
export function ruleQuery(): string {
  return `
  select 'rule' as kind, n.nspname as schema, ${relationKind("c")} as relation_kind, c.relname as relation,
    r.rulename as name, null as signature, 0 as position, null as parent,
    obj_description(r.oid, 'pg_rewrite') as comment,
    jsonb_build_object(
      'definition', pg_get_ruledef(r.oid),
      'enabled', ${enabledWords("r.ev_enabled")}
    )::text as attributes
  from pg_rewrite r join pg_class c on c.oid = r.ev_class join pg_namespace n on n.oid = c.relnamespace
  where r.rulename <> '_RETURN' and c.relkind in ('r', 'p', 'v') and c.relnamespace = any($1::oid[])
    and ${notOfExtension("pg_class", "c.oid")}`;
}

function enabledWords(flag: string): string {
  return `case ${flag} when 'O' then 'on' when 'D' then 'off' when 'R' then 'replica' else 'always' end`;
}
