import type { Session } from "../src/database/session.ts";

/** One statement for each thing that can be done to each object of a database. */
export async function mutations(session: Session): Promise<string[]> {
  const rows = await session.query<{ statement: string }>(MUTATIONS);
  return rows.map(({ statement }) => statement);
}

const MUTATIONS = `
  with namespaces as (
    select oid, nspname from pg_namespace n where nspname !~ '^pg_' and nspname <> 'information_schema'
  ), relations as (
    select c.oid, c.relkind, c.relname, n.nspname, format('%I.%I', n.nspname, relname) as called,
      case relkind when 'r' then 'table' when 'p' then 'table' when 'v' then 'view' when 'm' then 'materialized view'
        when 'S' then 'sequence' when 'f' then 'foreign table' when 'i' then 'index' when 'I' then 'index'
        when 'c' then 'type' end as kind
      from pg_class c join namespaces n on n.oid = relnamespace where relkind <> 't'
  ), columns as (
    select r.called, r.kind, r.relkind, a.attname, format_type(atttypid, atttypmod) as type, a.attnotnull, a.atthasdef,
        a.attidentity, a.attgenerated
      from pg_attribute a join relations r on r.oid = attrelid
     where attnum > 0 and not attisdropped and relkind in ('r', 'p', 'f', 'c', 'v')
  ), all_of_them (statement) as (
    select format('drop %s %s cascade', kind, called) from relations
    union all select format('alter %s %s rename to renamed_one', kind, called) from relations
    union all select format('alter %s %s set schema elsewhere', kind, called) from relations where relkind not in ('i', 'I')
    union all select format('alter %s %s owner to writer', kind, called) from relations where relkind not in ('i', 'I')
    union all select format('comment on %s %s is ''said''', kind, called) from relations
    union all select format('grant select on %s to reader', called) from relations where relkind in ('r', 'p', 'v', 'm', 'f')
    union all select format('alter table %s set unlogged', called) from relations where relkind = 'r'
    union all select format('alter table %s enable row level security', called) from relations where relkind in ('r', 'p')
    union all select format('alter table %s replica identity full', called) from relations where relkind in ('r', 'p')
    union all select format('alter table %s drop column %I cascade', called, attname) from columns where relkind in ('r', 'p')
    union all select format('alter foreign table %s drop column %I cascade', called, attname) from columns where relkind = 'f'
    union all select format('alter type %s drop attribute %I cascade', called, attname) from columns where relkind = 'c'
    union all select format('alter type %s alter attribute %I type varchar(7) cascade', called, attname) from columns where relkind = 'c'
    union all select format('alter table %s rename column %I to renamed_one', called, attname) from columns where relkind in ('r', 'p')
    union all select format('alter table %s alter column %I drop not null', called, attname) from columns where relkind in ('r', 'p') and attnotnull
    union all select format('alter table %s alter column %I set not null', called, attname) from columns where relkind in ('r', 'p') and not attnotnull
    union all select format('alter table %s alter column %I drop default', called, attname) from columns where atthasdef and attgenerated = ''
    union all select format('alter table %s alter column %I set default null', called, attname) from columns where attgenerated = '' and attidentity = ''
    union all select format('alter table %s alter column %I type %s using null', called, attname,
        case type when 'text' then 'varchar(9)' when 'integer' then 'bigint' when 'bigint' then 'integer' else 'text' end)
      from columns where relkind in ('r', 'p') and attgenerated = ''
    union all select format('alter table %s alter column %I set statistics 17', called, attname) from columns where relkind in ('r', 'p')
    union all select format('alter table %s add column added_one integer', called) from relations where relkind in ('r', 'p')
    union all select format('alter table %s drop constraint %I cascade', called, conname) from pg_constraint join relations r on r.oid = conrelid
    union all select format('alter table %s rename constraint %I to renamed_one', called, conname) from pg_constraint join relations r on r.oid = conrelid
    union all select format('drop trigger %I on %s', tgname, called) from pg_trigger join relations r on r.oid = tgrelid where not tgisinternal
    union all select format('alter table %s disable trigger %I', called, tgname) from pg_trigger join relations r on r.oid = tgrelid where not tgisinternal
    union all select format('drop policy %I on %s', polname, called) from pg_policy join relations r on r.oid = polrelid
    union all select format('drop rule %I on %s', rulename, called) from pg_rewrite join relations r on r.oid = ev_class where rulename <> '_RETURN'
    union all select format('drop type %s cascade', format_type(t.oid, null)) from pg_type t join namespaces n on n.oid = typnamespace
      where typtype in ('b', 'd', 'e', 'r') and typelem = 0
    union all select format('alter type %s set schema elsewhere', format_type(t.oid, null)) from pg_type t join namespaces n on n.oid = typnamespace
      where typtype in ('b', 'd', 'e', 'r') and typelem = 0
    union all select format('alter type %s add value ''added one''', format_type(t.oid, null)) from pg_type t join namespaces n on n.oid = typnamespace
      where typtype = 'e'
    union all select format('alter type %s rename value %L to ''renamed one''', enumtypid::regtype, enumlabel) from pg_enum e
      join pg_type t on t.oid = enumtypid join namespaces n on n.oid = typnamespace
    union all select format('drop routine %s cascade', p.oid::regprocedure) from pg_proc p join namespaces n on n.oid = pronamespace
    union all select format('alter routine %s set schema elsewhere', p.oid::regprocedure) from pg_proc p join namespaces n on n.oid = pronamespace
    union all select format('alter routine %s owner to writer', p.oid::regprocedure) from pg_proc p join namespaces n on n.oid = pronamespace
    union all select format('alter routine %s immutable', p.oid::regprocedure) from pg_proc p join namespaces n on n.oid = pronamespace where provolatile <> 'i' and prokind = 'f'
    union all select format('revoke execute on routine %s from public', p.oid::regprocedure) from pg_proc p join namespaces n on n.oid = pronamespace
    union all select format('drop operator %s (%s, %s) cascade', oprname, case oprleft when 0 then 'none' else format_type(oprleft, null) end, format_type(oprright, null))
      from pg_operator o join namespaces n on n.oid = oprnamespace
    union all select format('drop operator class %s using %I cascade', c.opcname, amname) from pg_opclass c join namespaces n on n.oid = opcnamespace join pg_am a on a.oid = opcmethod
    union all select format('drop operator family %s using %I cascade', c.opfname, amname) from pg_opfamily c join namespaces n on n.oid = opfnamespace join pg_am a on a.oid = opfmethod
    union all select format('drop cast (%s as %s) cascade', castsource::regtype, casttarget::regtype) from pg_cast where oid >= 16384
    union all select format('drop schema %I cascade', nspname) from namespaces where nspname not in ('public', 'elsewhere')
    union all select format('alter schema %I rename to renamed_one', nspname) from namespaces where nspname not in ('elsewhere')
    union all select format('drop statistics %I.%I', nspname, stxname) from pg_statistic_ext join namespaces n on n.oid = stxnamespace
    union all select format('drop event trigger %I', evtname) from pg_event_trigger
    union all select format('drop publication %I', pubname) from pg_publication
    union all select format('drop server %I cascade', srvname) from pg_foreign_server
    union all select format('drop collation %I.%I cascade', nspname, collname) from pg_collation join namespaces n on n.oid = collnamespace
  )
  select distinct statement from all_of_them order by statement`;
