import { functionReference, notOfExtension, ownership, optionList } from "./fragments.ts";
import type { CatalogReader } from "./reader.ts";

export const foreignDataWrappers: CatalogReader = {
  catalog: "pg_foreign_data_wrapper",
  sql: () => `
  select w.oid as _oid, 'foreign data wrapper' as _kind, w.fdwname as _name, ${ownership("w.fdwowner", "w.fdwacl", "'F'")},
    ${functionReference("w.fdwhandler")} as handler,
    ${functionReference("w.fdwvalidator")} as validator,
    ${optionList("w.fdwoptions")} as options
  from pg_foreign_data_wrapper w
  where ${notOfExtension("pg_foreign_data_wrapper", "w.oid")}`,
};

export const foreignServers: CatalogReader = {
  catalog: "pg_foreign_server",
  sql: () => `
  select f.oid as _oid, 'foreign server' as _kind, f.srvname as _name, ${ownership("f.srvowner", "f.srvacl", "'S'")},
    json_build_array(json_build_object('kind', 'foreign data wrapper', 'schema', null, 'name', w.fdwname)) as _parents,
    w.fdwname as wrapper,
    f.srvtype as type,
    f.srvversion as version,
    ${optionList("f.srvoptions")} as options
  from pg_foreign_server f join pg_foreign_data_wrapper w on w.oid = f.srvfdw
  where ${notOfExtension("pg_foreign_server", "f.oid")}`,
};

/** Options that the session's role may not see are null. */
export const userMappings: CatalogReader = {
  catalog: "pg_user_mapping",
  source: "pg_user_mappings",
  sql: () => `
  select u.umid as _oid, 'user mapping' as _kind, u.usename as _name,
    u.srvid as _on, 'pg_foreign_server' as _on_catalog,
    ${optionList("u.umoptions")} as options
  from pg_user_mappings u
  where ${notOfExtension("pg_user_mapping", "u.umid")}`,
};

export const publications: CatalogReader = {
  catalog: "pg_publication",
  sql: (majorVersion) => `
  select p.oid as _oid, 'publication' as _kind, p.pubname as _name, p.pubowner as _owner,
    p.puballtables as "allTables",
    (select coalesce(json_agg(x.word order by x.n), '[]')
       from (values (1, 'insert', p.pubinsert), (2, 'update', p.pubupdate), (3, 'delete', p.pubdelete),
         (4, 'truncate', p.pubtruncate)) x(n, word, said) where x.said) as publish,
    p.pubviaroot as "viaPartitionRoot",
    ${majorVersion >= 18 ? "case p.pubgencols when 's' then 'stored' else 'none' end" : "'none'"} as "generatedColumns"
  from pg_publication p
  where ${notOfExtension("pg_publication", "p.oid")}`,
};

const publicationParent = `json_build_array(json_build_object('kind', 'publication', 'schema', null, 'name', p.pubname)) as _parents`;

export const publishedTables: CatalogReader = {
  catalog: "pg_publication_rel",
  sql: (majorVersion) => `
  select r.oid as _oid, 'published table' as _kind, c.oid as _on, p.pubname as _name, ${publicationParent},
    c.oid as _table,
    ${majorVersion >= 15 ? "r.prattrs::int2[]" : "null::int2[]"} as _columns,
    ${majorVersion >= 15 ? "pg_get_expr(r.prqual, r.prrelid)" : "null"} as "where"
  from pg_publication_rel r
  join pg_publication p on p.oid = r.prpubid
  join relation c on c.oid = r.prrelid
  where ${notOfExtension("pg_publication", "p.oid")}`,
  attributes: ({ _table, _columns }, { columnNames }) => ({
    columns: _columns === null ? null : sorted(columnNames(_table, _columns)),
  }),
};

/** Their order says nothing. */
function sorted(names: readonly (string | null)[]): (string | null)[] {
  return names.toSorted((a, b) => (String(a) < String(b) ? -1 : 1));
}

export const publishedSchemas: CatalogReader = {
  catalog: "pg_publication_namespace",
  since: 15,
  sql: () => `
  select r.oid as _oid, 'published schema' as _kind, p.oid as _on, 'pg_publication' as _on_catalog,
    s.nspname as _name,
    json_build_array(json_build_object('kind', 'schema', 'schema', null, 'name', s.nspname)) as _parents
  from pg_publication_namespace r
  join pg_publication p on p.oid = r.pnpubid
  join space s on s.oid = r.pnnspid
  where ${notOfExtension("pg_publication", "p.oid")}`,
};

/** What a subscription connects to is for superusers to see, and null for everybody else. */
export const subscriptions: CatalogReader = {
  catalog: "pg_subscription",
  sql: (majorVersion, mayReadConnections) => `
  select s.oid as _oid, 'subscription' as _kind, s.subname as _name, s.subowner as _owner,
    ${mayReadConnections ? "s.subconninfo" : "null"} as connection,
    to_json(s.subpublications) as publications,
    s.subslotname as slot,
    s.subsynccommit as "synchronousCommit",
    s.subenabled as enabled,
    s.subbinary as binary,
    ${majorVersion >= 16 ? "case s.substream when 'f' then 'off' when 't' then 'on' else 'parallel' end" : "case when s.substream then 'on' else 'off' end"} as streaming,
    ${majorVersion >= 15 ? "s.subtwophasestate <> 'd'" : "false"} as "twoPhase",
    ${majorVersion >= 15 ? "s.subdisableonerr" : "false"} as "disableOnError",
    ${majorVersion >= 16 ? "s.suborigin" : "'any'"} as origin,
    ${majorVersion >= 16 ? "s.subpasswordrequired" : "true"} as "passwordRequired",
    ${majorVersion >= 16 ? "s.subrunasowner" : "false"} as "runAsOwner",
    ${majorVersion >= 17 ? "s.subfailover" : "false"} as failover
  from pg_subscription s
  where s.subdbid = (select d.oid from pg_database d where d.datname = current_database())`,
};
