import { createHash } from "node:crypto";
import type { Client } from "pg";
import { readSchema } from "../src/database/read-schema.ts";
import { sessionOfServerClient } from "../src/database/server-session.ts";
import type { Session } from "../src/database/session.ts";

/** What no fact of `readSchema` says, one text a row. `space` are the schemas of people's own. */
const DETAILS = `
  with space as (select oid, nspname, nspowner, nspacl from pg_namespace
    where nspname !~ '^pg_' and nspname not in ('information_schema', 'house'))
  select concat_ws(' ', 'schema', nspname, nspowner::regrole, nspacl) as fact from space
  union all
  select concat_ws(' ', 'relation', c.oid::regclass, relkind, relowner::regrole, relacl) from pg_class c
    join space on space.oid = relnamespace where relkind <> 'i'
  union all
  select concat_ws(' ', 'column', attrelid::regclass, attname, attacl) from pg_attribute
    join pg_class c on c.oid = attrelid join space on space.oid = relnamespace where attacl is not null
  union all
  select concat_ws(' ', 'default of a view', adrelid::regclass, adnum, pg_get_expr(adbin, adrelid)) from pg_attrdef
    join pg_class c on c.oid = adrelid join space on space.oid = relnamespace where relkind = 'v'
  union all
  select concat_ws(' ', 'routine', p.oid::regprocedure, proowner::regrole, proacl) from pg_proc p
    join space on space.oid = pronamespace
  union all
  select concat_ws(' ', 'aggregate', aggfnoid::regprocedure, aggkind, aggtransfn, aggfinalfn, aggcombinefn,
      aggtranstype::regtype, agginitval, aggsortop::regoperator)
    from pg_aggregate join pg_proc p on p.oid = aggfnoid join space on space.oid = pronamespace
  union all
  select concat_ws(' ', 'type', t.oid::regtype, typowner::regrole, typacl) from pg_type t
    join space on space.oid = typnamespace
  union all
  select concat_ws(' ', 'range', rngtypid::regtype, rngsubtype::regtype, rngcollation::regcollation, rngcanonical,
      rngsubdiff, (select opcname from pg_opclass where oid = rngsubopc))
    from pg_range join pg_type t on t.oid = rngtypid join space on space.oid = typnamespace
  union all
  select concat_ws(' ', 'extension', extname, extversion, extnamespace::regnamespace) from pg_extension
  union all
  select concat_ws(' ', 'collation', c.oid::regcollation, collowner::regrole,
      (to_jsonb(c) - array['oid', 'collname', 'collnamespace', 'collowner'])::text)
    from pg_collation c join space on space.oid = collnamespace
  union all
  select concat_ws(' ', 'statistics', pg_get_statisticsobjdef(s.oid), stxowner::regrole,
      nullif(to_jsonb(s) ->> 'stxstattarget', '-1'))
    from pg_statistic_ext s join space on space.oid = stxnamespace
  union all
  select concat_ws(' ', 'publication', pubowner::regrole, (to_jsonb(p) - array['oid', 'pubowner'])::text)
    from pg_publication p
  union all
  select concat_ws(' ', 'published', (to_jsonb(t))::text) from pg_publication_tables t
  union all
  select concat_ws(' ', 'text search', c.oid::regconfig, cfgowner::regrole, (select prsname from pg_ts_parser where oid = cfgparser),
      (select jsonb_agg(jsonb_build_array(maptokentype, mapdict::regdictionary::text) order by maptokentype, mapseqno)
         from pg_ts_config_map where mapcfg = c.oid))
    from pg_ts_config c join space on space.oid = cfgnamespace
  union all
  select concat_ws(' ', 'dictionary', d.oid::regdictionary, dictowner::regrole, dictinitoption,
      (select tmplname from pg_ts_template where oid = dicttemplate))
    from pg_ts_dict d join space on space.oid = dictnamespace
  union all
  select concat_ws(' ', 'event trigger', evtname, evtevent, evtowner::regrole, evtfoid::regproc, evtenabled, evttags)
    from pg_event_trigger
  union all
  select concat_ws(' ', 'default privileges', defaclrole::regrole, nullif(defaclnamespace, 0)::regnamespace, defaclobjtype, defaclacl)
    from pg_default_acl
  union all
  select concat_ws(' ', 'wrapper', fdwname, fdwowner::regrole, nullif(fdwhandler, 0)::regproc, nullif(fdwvalidator, 0)::regproc, fdwoptions)
    from pg_foreign_data_wrapper
  union all
  select concat_ws(' ', 'server', srvname, srvowner::regrole, srvtype, srvversion, fdwname, srvoptions)
    from pg_foreign_server join pg_foreign_data_wrapper w on w.oid = srvfdw
  union all
  select concat_ws(' ', 'mapping', srvname, coalesce(rolname, 'public'), umoptions)
    from pg_user_mapping join pg_foreign_server s on s.oid = umserver left join pg_roles r on r.oid = umuser
  union all
  select concat_ws(' ', 'foreign table', ftrelid::regclass, srvname, ftoptions)
    from pg_foreign_table join pg_foreign_server s on s.oid = ftserver
  union all
  select concat_ws(' ', 'foreign column', attrelid::regclass, attname, format_type(atttypid, atttypmod), attnotnull, attfdwoptions)
    from pg_attribute join pg_foreign_table on ftrelid = attrelid where attnum > 0 and not attisdropped
  union all
  select concat_ws(' ', 'cast', castsource::regtype, casttarget::regtype, nullif(castfunc, 0)::regprocedure, castcontext, castmethod)
    from pg_cast where oid >= 16384
  union all
  select concat_ws(' ', 'operator', o.oid::regoperator, oprcode, oprrest, oprjoin, oprcanmerge, oprcanhash, oprcom::regoperator, oprnegate::regoperator)
    from pg_operator o join space on space.oid = oprnamespace where oprcode <> 0
  union all
  select concat_ws(' ', 'comment', (pg_identify_object(classoid, objoid, objsubid)).identity, description)
    from pg_description where objoid >= 16384
  union all
  select concat_ws(' ', 'sequence', schemaname, sequencename, last_value) from pg_sequences where schemaname <> 'house'`;

/** What a database says about itself, and the rows of its tables. The order of columns does not count. */
export async function catalogFacts(client: Client): Promise<string[]> {
  const schema = await readSchema(preparing(client), { exclude: ["house.*"] });
  const facts = schema.facts.map(({ key, attributes }) => `${key} ${JSON.stringify(attributes)}`);
  const unmodelled = schema.unmodelled.map(({ kind, name }) => `${kind} ${name}`);
  const { rows: details } = await client.query<{ fact: string }>({ name: "details", text: DETAILS });
  return [...facts, ...unmodelled, ...details.map(({ fact }) => fact), ...(await rowFacts(client))].toSorted();
}

/** A session that has each query planned once: planning is most of what they cost. */
function preparing(client: Client): Session {
  return {
    ...sessionOfServerClient(client),
    query: async <Row extends object>(text: string, values?: readonly unknown[]) => {
      const name = createHash("sha1").update(text).digest("hex");
      const { rows } = await client.query({ name, text, values: values?.slice() ?? [] });
      return rows as Row[];
    },
  };
}

async function rowFacts(client: Client): Promise<string[]> {
  const { rows: tables } = await client.query<{ text: string }>(
    `select format(
         case relkind when 'r' then 'select %L || to_jsonb(t)::text as fact from %s t'
           else 'select concat_ws('' '', %L, last_value, is_called) from %s' end,
         c.oid::regclass || ' ', c.oid::regclass) as text
       from pg_class c join pg_namespace n on n.oid = relnamespace
      where relkind in ('r', 'S') and nspname !~ '^pg_' and nspname not in ('information_schema', 'house') order by relkind desc`,
  );
  if (tables.length === 0) return [];
  const { rows } = await client.query<{ fact: string }>(tables.map(({ text }) => text).join(" union all "));
  return rows.map(({ fact }) => fact);
}
