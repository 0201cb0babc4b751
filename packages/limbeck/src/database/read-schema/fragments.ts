/** SQL that several of the readers have in common. */

/** The condition that an object did not come with an extension. */
export function notOfExtension(catalog: string, oid: string): string {
  return `not exists (select from member e where e.classid = '${catalog}'::regclass and e.objid = ${oid})`;
}

/** The condition that an object is not a part of another, as the constructors of a range type are. */
export function notInternal(catalog: string, oid: string): string {
  return `not exists (
      select from pg_depend x where x.classid = '${catalog}'::regclass and x.objid = ${oid} and x.deptype = 'i')`;
}

/** The columns with the owner and the privileges; `letter` is what acldefault() calls the kind of object. */
export function ownership(owner: string, acl: string, letter: string): string {
  return `${owner} as _owner, ${privileges(owner, acl, letter)} as _acl`;
}

/** The privileges, those that the object would have by itself, and its owner; null where nobody changed them. */
export function privileges(owner: string, acl: string, letter: string): string {
  return `case when ${acl} is not null then json_build_array(${acl}, acldefault(${letter}, ${owner}), ${owner}::text) end`;
}

/** Conditions as the bits of a number, the first as the lowest. */
export function bits(...conditions: readonly string[]): string {
  return conditions.map((condition, index) => `(${condition})::int * ${2 ** index}`).join(" + ");
}

/** The names of an object as the record that other facts refer to it by; null for oid 0. */
export function reference(catalog: string, prefix: string, oid: string): string {
  return `(select json_build_object('schema', rn.nspname, 'name', rx.${prefix}name)
      from ${catalog} rx join pg_namespace rn on rn.oid = rx.${prefix}namespace where rx.oid = ${oid})`;
}

/** The names of a function. */
export function functionReference(oid: string): string {
  return `case when ${oid}::oid <> 0 then ${reference("pg_proc", "pro", `${oid}::oid`)} end`;
}

/** Options in the order in which they were set, which pg_dump keeps, too. */
export function optionList(options: string): string {
  return `coalesce(to_json(${options}), '[]')`;
}

export function tablespaceName(oid: string): string {
  return `case when ${oid} <> 0 then (select ts.spcname from pg_tablespace ts where ts.oid = ${oid}) end`;
}

export function accessMethodName(oid: string): string {
  return `(select am.amname from pg_am am where am.oid = ${oid})`;
}

/** A collation's name, or null where it is the one that the type has by itself. */
export function ownCollation(collation: string, ofType: string): string {
  return `case when ${collation} <> 0 and ${collation} <> ${ofType} then ${collation}::regcollation::text end`;
}

/** A name as SQL, which needs its schema unless that is PostgreSQL's own. */
export function sqlName(schema: string, name: string): string {
  return `case ${schema} when 'pg_catalog' then quote_ident(${name}) else format('%I.%I', ${schema}, ${name}) end`;
}

/** The tables that a table inherits from or is a partition of, as a table to be joined. */
export const PARENT_TABLES = `(
    select i.inhrelid,
      json_agg(json_build_object('schema', n.nspname, 'name', p.relname) order by i.inhseqno) as parents,
      json_agg(json_build_object('kind', case p.relkind when 'f' then 'foreign table' else 'table' end,
        'schema', n.nspname, 'name', p.relname) order by i.inhseqno) as facts
    from pg_inherits i join pg_class p on p.oid = i.inhparent join pg_namespace n on n.oid = p.relnamespace
    where p.relkind in ('r', 'p', 'f')
    group by i.inhrelid)`;

/** The options of a sequence as columns. Numbers as text: they are larger than JavaScript's. */
export function sequenceColumns(sequence: string): string {
  return `format_type(${sequence}.seqtypid, null) as type, ${sequence}.seqincrement::text as increment,
      ${sequence}.seqmin::text as minimum, ${sequence}.seqmax::text as maximum, ${sequence}.seqstart::text as start,
      ${sequence}.seqcache::text as cache, ${sequence}.seqcycle as cycle`;
}

export function enabledWords(flag: string): string {
  return `case ${flag} when 'O' then 'on' when 'D' then 'off' when 'R' then 'replica' else 'always' end`;
}

/** The condition that initdb did not make an object: the first oid that it did not give. */
export function madeByPeople(oid: string): string {
  return `${oid} >= 16384`;
}
