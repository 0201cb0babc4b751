import { functionReference, notOfExtension, ownership, reference } from "./fragments.ts";
import type { CatalogReader } from "./reader.ts";

export const schemas: CatalogReader = {
  catalog: "pg_namespace",
  sql: () => `
  select s.oid as _oid, 'schema' as _kind, s.nspname as _name, ${ownership("s.nspowner", "s.nspacl", "'n'")}
  from space s`,
};

/** An extension's version is its server's business. */
export const extensions: CatalogReader = {
  catalog: "pg_extension",
  sql: () => `
  select e.oid as _oid, 'extension' as _kind, e.extname as _name,
    n.nspname as schema, e.extrelocatable as relocatable
  from pg_extension e join pg_namespace n on n.oid = e.extnamespace
  where e.extname <> 'plpgsql'`,
};

export const collations: CatalogReader = {
  catalog: "pg_collation",
  sql: (majorVersion) => `
  select c.oid as _oid, 'collation' as _kind, s.nspname as _schema, c.collname as _name, c.collowner as _owner,
    case c.collprovider when 'i' then 'icu' when 'c' then 'libc' when 'b' then 'builtin' else 'default' end as provider,
    ${localeColumns(majorVersion)},
    c.collisdeterministic as deterministic
  from pg_collation c join space s on s.oid = c.collnamespace
  where ${notOfExtension("pg_collation", "c.oid")}`,
};

/** Columns came and went with the majors: an ICU locale stood in collcollate until 14, in colliculocale until 16. */
function localeColumns(majorVersion: number): string {
  const rules = majorVersion >= 16 ? "c.collicurules as rules" : "null as rules";
  if (majorVersion < 15) {
    return `case when c.collprovider = 'i' then c.collcollate end as locale,
      case when c.collprovider <> 'i' then c.collcollate end as "lcCollate",
      case when c.collprovider <> 'i' then c.collctype end as "lcCtype", ${rules}`;
  }
  const locale = majorVersion >= 17 ? "c.colllocale" : "c.colliculocale";
  return `${locale} as locale, c.collcollate as "lcCollate", c.collctype as "lcCtype", ${rules}`;
}

export const conversions: CatalogReader = {
  catalog: "pg_conversion",
  sql: () => `
  select c.oid as _oid, 'conversion' as _kind, s.nspname as _schema, c.conname as _name, c.conowner as _owner,
    pg_encoding_to_char(c.conforencoding) as "from",
    pg_encoding_to_char(c.contoencoding) as "to",
    ${functionReference("c.conproc")} as function,
    c.condefault as default
  from pg_conversion c join space s on s.oid = c.connamespace
  where ${notOfExtension("pg_conversion", "c.oid")}`,
};

export const textSearchParsers: CatalogReader = {
  catalog: "pg_ts_parser",
  sql: () => `
  select p.oid as _oid, 'text search parser' as _kind, s.nspname as _schema, p.prsname as _name,
    ${functionReference("p.prsstart")} as start,
    ${functionReference("p.prstoken")} as "getToken",
    ${functionReference("p.prsend")} as "end",
    ${functionReference("p.prslextype")} as "lexTypes",
    ${functionReference("p.prsheadline")} as headline
  from pg_ts_parser p join space s on s.oid = p.prsnamespace
  where ${notOfExtension("pg_ts_parser", "p.oid")}`,
};

export const textSearchTemplates: CatalogReader = {
  catalog: "pg_ts_template",
  sql: () => `
  select t.oid as _oid, 'text search template' as _kind, s.nspname as _schema, t.tmplname as _name,
    ${functionReference("t.tmplinit")} as init,
    ${functionReference("t.tmpllexize")} as lexize
  from pg_ts_template t join space s on s.oid = t.tmplnamespace
  where ${notOfExtension("pg_ts_template", "t.oid")}`,
};

export const textSearchDictionaries: CatalogReader = {
  catalog: "pg_ts_dict",
  sql: () => `
  select d.oid as _oid, 'text search dictionary' as _kind, s.nspname as _schema, d.dictname as _name,
    d.dictowner as _owner,
    ${reference("pg_ts_template", "tmpl", "d.dicttemplate")} as template,
    d.dictinitoption as options
  from pg_ts_dict d join space s on s.oid = d.dictnamespace
  where ${notOfExtension("pg_ts_dict", "d.oid")}`,
};

export const textSearchConfigurations: CatalogReader = {
  catalog: "pg_ts_config",
  sql: () => `
  select c.oid as _oid, 'text search configuration' as _kind, s.nspname as _schema, c.cfgname as _name,
    c.cfgowner as _owner,
    ${reference("pg_ts_parser", "prs", "c.cfgparser")} as parser,
    coalesce((
      select json_agg(json_build_object('token', m.token, 'dictionaries', m.dictionaries) order by m.token)
        from (
          select (select t.alias from ts_token_type(c.cfgparser) t where t.tokid = x.maptokentype) as token,
            json_agg(${reference("pg_ts_dict", "dict", "x.mapdict")} order by x.mapseqno) as dictionaries
          from pg_ts_config_map x where x.mapcfg = c.oid group by x.maptokentype
        ) m), '[]') as mappings
  from pg_ts_config c join space s on s.oid = c.cfgnamespace
  where ${notOfExtension("pg_ts_config", "c.oid")}`,
};

export const statisticsObjects: CatalogReader = {
  catalog: "pg_statistic_ext",
  sql: () => `
  select x.oid as _oid, 'statistics object' as _kind, s.nspname as _schema, x.stxname as _name, x.stxowner as _owner,
    json_build_array(json_build_object('kind', c.kind, 'schema', c.schema, 'name', c.relname)) as _parents,
    json_build_object('schema', c.schema, 'name', c.relname) as table,
    (select coalesce(json_agg(
        case k when 'd' then 'ndistinct' when 'f' then 'dependencies' else 'mcv' end order by k), '[]')
       from unnest(x.stxkind) k where k <> 'e') as kinds,
    x.stxrelid as _table, x.stxkeys::int2[] as _columns,
    coalesce(to_json(${EXPRESSIONS}), '[]') as _expressions,
    nullif(x.stxstattarget, -1) as target
  from pg_statistic_ext x
  join space s on s.oid = x.stxnamespace
  join relation c on c.oid = x.stxrelid
  where ${notOfExtension("pg_statistic_ext", "x.oid")}`,
  attributes: ({ _table, _columns, _expressions }, { columnNames }) => ({
    columns: [
      // PostgreSQL keeps them in the order of the table's columns, whatever is asked for.
      ...columnNames(_table, _columns)
        .toSorted(compareNames)
        .map((column) => ({ column })),
      ...(_expressions as readonly string[]).map((expression) => ({ expression })),
    ],
  }),
};

function compareNames(a: string | null, b: string | null): number {
  return (a ?? "") < (b ?? "") ? -1 : 1;
}

const EXPRESSIONS = `pg_get_statisticsobjdef_expressions(x.oid)`;
