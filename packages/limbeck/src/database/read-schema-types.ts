import { notOfExtension, ownCollation } from "./read-schema-fragments.ts";

/** Every database has the schema `public`, so it is no fact, and neither is the comment that it comes with. */
export function schemaQuery(): string {
  return `
  select 'schema' as kind, null as schema, null as relation_kind, null as relation, n.nspname as name,
    null as signature, 0 as position, null as parent, obj_description(n.oid, 'pg_namespace') as comment,
    '{}' as attributes
  from pg_namespace n
  where n.oid = any($1::oid[]) and n.nspname <> 'public'`;
}

/** An extension's version is its server's business, and its comment its author's. */
export function extensionQuery(): string {
  return `
  select 'extension' as kind, null as schema, null as relation_kind, null as relation, e.extname as name,
    null as signature, 0 as position, null as parent, null as comment,
    jsonb_build_object('schema', n.nspname)::text as attributes
  from pg_extension e join pg_namespace n on n.oid = e.extnamespace
  where e.extname <> 'plpgsql' and $1::oid[] is not null`;
}

/** Enums, domains and composite types. The fields of the last are columns. */
export function typeQuery(): string {
  return `
  select case t.typtype when 'e' then 'enum' when 'd' then 'domain' else 'composite type' end as kind,
    n.nspname as schema, null as relation_kind, null as relation, t.typname as name, null as signature,
    0 as position, null as parent, obj_description(t.oid, 'pg_type') as comment,
    (case t.typtype
      when 'e' then jsonb_build_object('values', coalesce(
        (select jsonb_agg(e.enumlabel order by e.enumsortorder) from pg_enum e where e.enumtypid = t.oid), '[]'))
      when 'd' then jsonb_build_object(
        'type', format_type(t.typbasetype, t.typtypmod),
        'nullable', not t.typnotnull,
        'default', pg_get_expr(t.typdefaultbin, 0),
        'collation', ${ownCollation("t.typcollation", "b.typcollation")})
      else '{}'
    end)::text as attributes
  from pg_type t
  join pg_namespace n on n.oid = t.typnamespace
  left join pg_class c on c.oid = t.typrelid
  left join pg_type b on b.oid = t.typbasetype
  where t.typnamespace = any($1::oid[]) and (t.typtype in ('e', 'd') or c.relkind = 'c')
    and ${notOfExtension("pg_type", "t.oid")}`;
}

/** Functions, window functions and procedures, but for those that belong to a type. Aggregates are not modelled. */
export function routineQuery(): string {
  return `
  select case p.prokind when 'p' then 'procedure' else 'function' end as kind, n.nspname as schema,
    null as relation_kind, null as relation, p.proname as name, oidvectortypes(p.proargtypes) as signature,
    0 as position, null as parent, obj_description(p.oid, 'pg_proc') as comment,
    jsonb_build_object('definition', pg_get_functiondef(p.oid))::text as attributes
  from pg_proc p join pg_namespace n on n.oid = p.pronamespace
  where p.prokind in ('f', 'w', 'p') and p.pronamespace = any($1::oid[])
    and not exists (
      select from pg_depend x where x.classid = 'pg_proc'::regclass and x.objid = p.oid and x.deptype in ('e', 'i'))`;
}
