import type { Attribute, Attributes } from "../../schema/fact.ts";
import { enabledWords, functionReference, notOfExtension, reference } from "./fragments.ts";
import type { CatalogReader, ReaderContext } from "./reader.ts";

/**
 * The triggers that people made. A partition's copy of its parent's trigger is its parent's to say, unless it was
 * switched on or off by itself.
 */
export const triggers: CatalogReader = {
  catalog: "pg_trigger",
  where: "not tgisinternal",
  sql: () => `
  select t.oid as _oid, 'trigger' as _kind, c.oid as _on,
    t.tgname as _name,
    t.tgrelid as _table, t.tgtype as _type, t.tgattr::int2[] as _columns, encode(t.tgargs, 'hex') as _arguments,
    case when t.tgqual is not null then pg_get_triggerdef(t.oid) end as _definition,
    ${functionReference("t.tgfoid")} as function,
    t.tgconstraint <> 0 as "constraint",
    t.tgdeferrable as deferrable,
    case when t.tginitdeferred then 'deferred' else 'immediate' end as initially,
    case when t.tgconstrrelid <> 0 then ${reference("pg_class", "rel", "t.tgconstrrelid")} end as "from",
    t.tgoldtable as "oldTable", t.tgnewtable as "newTable",
    ${enabledWords("t.tgenabled")} as enabled,
    above.part as "partOf", case when above.fact is not null then json_build_array(above.fact) end as _parents
  from pg_trigger t
  join relation c on c.oid = t.tgrelid
  left join (
    select pt.oid, pt.tgenabled, json_build_object('schema', pn.nspname, 'relation', pc.relname, 'name', pt.tgname) as part,
      json_build_object('kind', 'trigger', 'schema', pn.nspname, 'relation', pc.relname, 'name', pt.tgname) as fact
    from pg_trigger pt join pg_class pc on pc.oid = pt.tgrelid join pg_namespace pn on pn.oid = pc.relnamespace
  ) above on above.oid = t.tgparentid and t.tgparentid <> 0
  where not t.tgisinternal and (t.tgparentid = 0 or t.tgenabled <> above.tgenabled) and ${notOfExtension("pg_trigger", "t.oid")}`,
  attributes: triggerAttributes,
};

/** The bits of `tgtype`, from PostgreSQL's catalog/pg_trigger.h. */
const ROW = 1;
const BEFORE = 2;
const INSERT = 4;
const DELETE = 8;
const UPDATE = 16;
const TRUNCATE = 32;
const INSTEAD = 64;

function triggerAttributes(row: Attributes, { columnNames }: ReaderContext): Attributes {
  const type = row["_type"] as number;
  const has = (bit: number): boolean => (type & bit) !== 0;
  const updated = columnNames(row["_table"], row["_columns"]);
  return {
    timing: has(BEFORE) ? "before" : has(INSTEAD) ? "instead of" : "after",
    events: [
      ...(has(INSERT) ? ["insert"] : []),
      ...(has(UPDATE) ? [updated.length === 0 ? "update" : { updateOf: updated }] : []),
      ...(has(DELETE) ? ["delete"] : []),
      ...(has(TRUNCATE) ? ["truncate"] : []),
    ],
    forEach: has(ROW) ? "row" : "statement",
    when: conditionOf(row["_definition"]!),
    arguments: argumentsOf(row["_arguments"] as string),
  };
}

/** The condition speaks of two rows, so that pg_get_expr() cannot print it alone. */
function conditionOf(definition: Attribute): Attribute {
  if (definition === null) return null;
  return / WHEN \((.*)\) EXECUTE FUNCTION /s.exec(definition as string)![1]!;
}

/** Each ends with a zero byte. */
function argumentsOf(hex: string): string[] {
  const bytes = new Uint8Array((hex.match(/../g) ?? []).map((byte) => Number.parseInt(byte, 16)));
  return new TextDecoder().decode(bytes).split("\0").slice(0, -1);
}

export const policies: CatalogReader = {
  catalog: "pg_policy",
  sql: () => `
  select p.oid as _oid, 'policy' as _kind, c.oid as _on,
    p.polname as _name,
    case p.polcmd
      when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update' when 'd' then 'delete' else 'all' end as command,
    p.polpermissive as permissive,
    (select json_agg(case r when 0 then 'public' else pg_get_userbyid(r) end order by pg_get_userbyid(r))
       from unnest(p.polroles) r) as roles,
    pg_get_expr(p.polqual, p.polrelid) as using,
    pg_get_expr(p.polwithcheck, p.polrelid) as check
  from pg_policy p join relation c on c.oid = p.polrelid
  where ${notOfExtension("pg_policy", "p.oid")}`,
};

export const eventTriggers: CatalogReader = {
  catalog: "pg_event_trigger",
  sql: () => `
  select t.oid as _oid, 'event trigger' as _kind, t.evtname as _name, t.evtowner as _owner,
    t.evtevent as event,
    coalesce(to_json(t.evttags), '[]') as tags,
    ${functionReference("t.evtfoid")} as function,
    ${enabledWords("t.evtenabled")} as enabled
  from pg_event_trigger t
  where ${notOfExtension("pg_event_trigger", "t.oid")}`,
};
