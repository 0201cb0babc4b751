/** SQL that several of the catalog queries have in common. */

/** The condition that an object did not come with an extension. */
export function notOfExtension(catalog: string, oid: string): string {
  return `not exists (
      select from pg_depend e where e.classid = '${catalog}'::regclass and e.objid = ${oid} and e.deptype = 'e')`;
}

/** The names of a relation as the record that other facts refer to it by. */
export function relationRecord(oid: string): string {
  return `(select jsonb_build_object('schema', rn.nspname, 'name', rc.relname)
      from pg_class rc join pg_namespace rn on rn.oid = rc.relnamespace where rc.oid = ${oid})`;
}

/** The kind of fact that stands for a relation. */
export function relationKind(relation: string): string {
  return `case ${relation}.relkind
      when 'v' then 'view' when 'm' then 'materialized view' when 'c' then 'composite type' else 'table' end`;
}

/** An array of options as sorted JSON. */
export function sortedOptions(options: string): string {
  return `coalesce((select jsonb_agg(o order by o) from unnest(${options}) o), '[]')`;
}

export function tablespaceName(oid: string): string {
  return `(select ts.spcname from pg_tablespace ts where ts.oid = ${oid})`;
}

export function accessMethodName(oid: string): string {
  return `(select am.amname from pg_am am where am.oid = ${oid})`;
}

/** A collation's name, or null where it is the one that the type has by itself. */
export function ownCollation(collation: string, ofType: string): string {
  return `(select format('%I.%I', cn.nspname, co.collname) from pg_collation co join pg_namespace cn on cn.oid = co.collnamespace
      where co.oid = ${collation} and ${collation} <> ${ofType})`;
}

/** The options of a sequence as fields of a JSON record. Numbers as text: they are larger than JavaScript's. */
export function sequenceFields(sequence: string): string {
  return `'type', format_type(${sequence}.seqtypid, null), 'increment', ${sequence}.seqincrement::text,
      'minimum', ${sequence}.seqmin::text, 'maximum', ${sequence}.seqmax::text,
      'start', ${sequence}.seqstart::text, 'cache', ${sequence}.seqcache::text, 'cycle', ${sequence}.seqcycle`;
}
