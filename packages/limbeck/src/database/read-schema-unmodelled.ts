import { notOfExtension } from "./read-schema-fragments.ts";

/** A catalog of objects that no fact describes. */
interface Catalog {
  readonly kind: string;
  readonly catalog: string;
  /** The column with the object's schema, if its objects stand in one. */
  readonly namespace?: string;
  readonly where?: string;
}

const CATALOGS: readonly Catalog[] = [
  { kind: "access method", catalog: "pg_am" },
  { kind: "aggregate", catalog: "pg_proc", namespace: "pronamespace", where: "o.prokind = 'a'" },
  {
    kind: "base type",
    catalog: "pg_type",
    namespace: "typnamespace",
    where: "o.typtype = 'b' and o.typisdefined and not exists (select from pg_type el where el.typarray = o.oid)",
  },
  { kind: "cast", catalog: "pg_cast" },
  { kind: "collation", catalog: "pg_collation", namespace: "collnamespace" },
  { kind: "conversion", catalog: "pg_conversion", namespace: "connamespace" },
  { kind: "default privileges", catalog: "pg_default_acl" },
  { kind: "event trigger", catalog: "pg_event_trigger" },
  { kind: "foreign data wrapper", catalog: "pg_foreign_data_wrapper" },
  { kind: "foreign server", catalog: "pg_foreign_server" },
  { kind: "foreign table", catalog: "pg_class", namespace: "relnamespace", where: "o.relkind = 'f'" },
  { kind: "language", catalog: "pg_language" },
  { kind: "operator", catalog: "pg_operator", namespace: "oprnamespace" },
  { kind: "operator class", catalog: "pg_opclass", namespace: "opcnamespace" },
  { kind: "operator family", catalog: "pg_opfamily", namespace: "opfnamespace" },
  { kind: "publication", catalog: "pg_publication" },
  { kind: "range type", catalog: "pg_type", namespace: "typnamespace", where: "o.typtype = 'r'" },
  { kind: "statistics object", catalog: "pg_statistic_ext", namespace: "stxnamespace" },
  { kind: "text search configuration", catalog: "pg_ts_config", namespace: "cfgnamespace" },
  { kind: "text search dictionary", catalog: "pg_ts_dict", namespace: "dictnamespace" },
  { kind: "text search parser", catalog: "pg_ts_parser", namespace: "prsnamespace" },
  { kind: "text search template", catalog: "pg_ts_template", namespace: "tmplnamespace" },
  { kind: "transform", catalog: "pg_transform" },
];

/** The first oid that initdb did not give. */
const FIRST_USER_OID = 16_384;

/** Kind and name of every object of people's own that `readSchema` has no facts for. */
export function unmodelledQuery(): string {
  const queries = CATALOGS.map(
    ({ kind, catalog, namespace, where }) => `
  select '${kind}' as kind, (pg_identify_object('${catalog}'::regclass, o.oid, 0)).identity as name
    from ${catalog} o
   where o.oid >= ${FIRST_USER_OID} and ${notOfExtension(catalog, "o.oid")}
     ${namespace === undefined ? "" : `and o.${namespace} = any($1::oid[])`} ${where === undefined ? "" : `and ${where}`}`,
  );
  return `${queries.join(" union all ")} order by kind, name`;
}
