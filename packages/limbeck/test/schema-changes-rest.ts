/** What is done to a database with the rest of all kinds in it, and all that `check` then says. */
export const restChanges: readonly (readonly [sql: string, ...messages: string[]])[] = [
  ["alter extension hstore set schema public", "extension hstore: schema is public, target has more"],
  [
    "alter language plfake rename to plother",
    "language plfake is missing",
    "language plother is not in the target schema",
  ],
  [
    "alter foreign data wrapper fdw options (set debug 'false')",
    "foreign data wrapper fdw: options are debug=false, target has debug=true",
  ],
  ["alter server remote options (set host 'elsewhere')", "foreign server remote: options differ"],
  ["alter server remote version '2'", "foreign server remote: version is 2, target has none"],
  [
    "alter user mapping for public server remote options (add password 'secret')",
    "user mapping remote.public: options differ",
  ],
  [
    "alter foreign table more.far options (set table_name 'near')",
    "foreign table more.far: options are table_name=near, target has table_name=far",
  ],
  [
    "alter foreign table more.far alter column id options (set column_name 'number')",
    "column more.far.id: foreign options are column_name=number, target has column_name=identifier",
  ],
  [
    "alter foreign table more.far alter column name set not null",
    "column more.far.name: is not null, target is nullable",
  ],
  ["drop type more.shell", "shell type more.shell is missing"],
  ["drop type more.span", "range type more.span is missing"],
  [
    "alter type more.point3 set (storage = external)",
    "base type more.point3: storage is external, target has extended",
  ],
  ["drop conversion more.conv", "conversion more.conv is missing"],
  [
    "alter collation more.de rename to german",
    "collation more.de is missing",
    "collation more.german is not in the target schema",
  ],
  ["alter table more.part_1 alter column name set default 'p'", "default more.part_1.name is missing"],
  [
    "alter table more.part_1 alter column name set default 'other'",
    "default more.part_1.name: expression is 'other'::text, target has none",
  ],
  [
    "alter table more.typed not of",
    "table more.typed: type of the table is none, target has more.addr",
    "column more.typed.zip is not in the target schema",
  ],
  ["alter table more.typed alter column street drop not null", "column more.typed.street is missing"],
  [
    "alter operator more.=== (more.addr, more.addr) set (restrict = neqsel)",
    "operator more.===(more.addr, more.addr): restrict is pg_catalog.neqsel, target has pg_catalog.eqsel",
  ],
  [
    "alter operator family more.fam using btree add operator 1 < (integer, bigint)",
    "operator family more.fam(btree): operators are number 1, operator OPERATOR(pg_catalog.<), leftType integer, rightType bigint, target has none",
  ],
  [
    "drop operator class more.backwards using btree cascade",
    "index more.part_backwards is missing",
    "operator class more.backwards(btree) is missing",
  ],
  ["drop cast (more.addr as integer)", "cast (more.addr AS integer) is missing"],
  [
    "alter text search dictionary more.dict (stopwords = 'german')",
    "text search dictionary more.dict: options is stopwords = 'german', target has stopwords = 'english'",
  ],
  [
    "alter text search configuration more.conf drop mapping for word",
    "text search configuration more.conf: mappings differs",
  ],
  ["alter event trigger evt enable", "event trigger evt: enabled is on, target has off"],
  [
    "alter publication pub set table more.ident2 (id, x) where (id > 3)",
    "published table more.ident2.pub: columns are id, x, target has id",
  ],
  ["alter publication pub set (publish = 'insert')", "publication pub: publish are insert, target has insert, update"],
  ["alter publication pub2 drop tables in schema more", "published schema pub2.more is missing"],
  ["alter statistics more.stat set statistics 100", "statistics object more.stat: target is 100, target has 500"],
  ["alter view more.v alter column name drop default", "default more.v.name is missing"],
  ["comment on column more.v.name is null", "comment on column more.v.name is missing"],
  [
    "alter materialized view more.mv alter column name set statistics -1",
    "materialized view more.mv: columns are name id, type integer, name name, type text, target has name id, type integer, name name, type text, statistics 77",
  ],
  [
    "alter materialized view more.mv alter column name set storage main",
    "materialized view more.mv: columns are name id, type integer, name name, type text, storage main, statistics 77, target has name id, type integer, name name, type text, statistics 77",
  ],
  [
    "drop aggregate more.agg(integer); create aggregate more.agg(integer) (sfunc = int4pl, stype = integer, initcond = '1', parallel = safe)",
    "aggregate more.agg(integer): initcond is 1, target has 0",
  ],
  ["alter function more.tab(integer, text[]) cost 6", "function more.tab(integer, text[]): cost is 6, target has 5"],
  [
    "alter function more.tab(integer, text[]) rows 8 security invoker parallel unsafe volatile called on null input",
    "function more.tab(integer, text[]): parallel is unsafe, target has safe; rows is 8, target has 7; security definer is no, target has yes; strict is no, target has yes; volatility is volatile, target has stable",
  ],
  [
    "alter function more.tab(integer, text[]) set work_mem = '2MB'",
    "function more.tab(integer, text[]): settings are search_path=more, pg_temp, work_mem=2MB, target has search_path=more, pg_temp, work_mem=1MB",
  ],
  [
    "create or replace function more.std(x integer) returns integer language sql begin atomic select x + 2; end",
    "function more.std(integer): sql body differs",
  ],
  [
    "grant select (id) on more.part to pg_monitor",
    "grant on column more.part.id to pg_monitor is not in the target schema",
  ],
  [
    "revoke grant option for select on more.part from pg_monitor",
    "grant on table more.part to pg_monitor: grantable are insert, target has insert, select",
  ],
  [
    "revoke update (name) on more.part from pg_read_all_data",
    "grant on column more.part.name to pg_read_all_data is missing",
  ],
  ["grant execute on function more.std(integer) to public", "grant on function more.std(integer) to public is missing"],
  ["revoke usage on schema more from pg_monitor", "grant on schema more to pg_monitor is missing"],
  ["revoke usage on type more.addr from pg_monitor", "grant on composite type more.addr to pg_monitor is missing"],
  [
    "grant create on schema public to public",
    "grant on schema public to public: privileges are create, usage, target has usage",
  ],
  ["comment on schema public is 'mine'", "comment on schema public: text is mine, target has standard public schema"],
  [
    "alter default privileges in schema more revoke select on tables from pg_monitor",
    "default privileges more.postgres(tables) to pg_monitor is missing",
  ],
  [
    "alter default privileges for role pg_monitor grant execute on functions to public",
    "default privileges pg_monitor(functions) to public is missing",
  ],
  [
    "alter table more.ident owner to pg_monitor",
    "owner on table more.ident: role is pg_monitor, target has postgres",
    "grant on sequence more.ident_id_seq to pg_monitor is missing",
    "grant on table more.ident to pg_monitor is missing",
  ],
  [
    "alter schema more owner to pg_monitor",
    "owner on schema more: role is pg_monitor, target has postgres",
    "grant on schema more to pg_monitor is missing",
  ],
  [
    "alter function more.std(integer) owner to pg_monitor",
    "owner on function more.std(integer): role is pg_monitor, target has postgres",
  ],
  ["comment on sequence more.ident_id_seq is null", "comment on sequence more.ident_id_seq is missing"],
  [
    "revoke usage on sequence more.ident_id_seq from pg_monitor",
    "grant on sequence more.ident_id_seq to pg_monitor is missing",
  ],
  ["comment on index more.keyed_pk is null", "comment on index more.keyed_pk is missing"],
  [
    "alter index more.keyed_pk reset (fillfactor)",
    "constraint more.keyed.keyed_pk: options are none, target has fillfactor=80",
  ],
  [
    "alter table more.keyed replica identity default",
    "table more.keyed: replica identity is default, target has index",
    "constraint more.keyed.keyed_pk: replica identity is no, target has yes",
  ],
  [
    "alter table more.keyed drop constraint keyed_u, add constraint keyed_u unique (id, pid)",
    "constraint more.keyed.keyed_u: include are none, target has during",
  ],
  ["alter table more.keyed disable trigger ct", "trigger more.keyed.ct: enabled is off, target has on"],
  ["alter table more.part_1 disable trigger pt", "trigger more.part_1.pt is not in the target schema"],
  [
    "alter trigger ct on more.keyed rename to ct2",
    "trigger more.keyed.ct is missing",
    "trigger more.keyed.ct2 is not in the target schema",
  ],
  [
    "create or replace rule r as on insert to more.typed do instead nothing",
    "rule more.typed.r: definition differs; instead is yes, target has no",
  ],
  [
    "alter index more.h2_x alter column 1 set statistics 50",
    "index more.h2_x: columns are expression (id + 1), statistics 50, column pid, target has expression (id + 1), statistics 99, column pid",
  ],
  ["alter index more.h2_x reset (fillfactor)", "index more.h2_x: options are none, target has fillfactor=70"],
  [
    "drop index more.opc_4; create index opc_4 on more.opc using gist (i inet_ops, t tsvector_ops (siglen = 50))",
    "index more.opc_4: columns are column i, opclass inet_ops, column t, opclass tsvector_ops, opclassOptions siglen=50, target has column i, opclass inet_ops, column t, opclass tsvector_ops, opclassOptions siglen=100",
  ],
  [
    'drop index more.opc_1; create index opc_1 on more.opc (v, e collate "C" text_pattern_ops, c)',
    'index more.opc_1: columns are column v, column e, collation "C", opclass text_pattern_ops, column c, target has column v, opclass varchar_pattern_ops, column e, collation "C", opclass text_pattern_ops, column c',
  ],
  [
    "alter table more.ident alter column id set generated always",
    "column more.ident.id: identity is always, target has by default",
  ],
  [
    "alter table more.ident alter column id set increment by 3",
    "column more.ident.id: identity sequence is schema more, name ident_id_seq, type bigint, increment 3, minimum 1, maximum 9223372036854775807, start 1, cache 1, target has schema more, name ident_id_seq, type bigint, increment 1, minimum 1, maximum 9223372036854775807, start 1, cache 1",
  ],
  [
    "alter sequence more.ident_id_seq rename to other_seq",
    "column more.ident.id: identity sequence is schema more, name other_seq, type bigint, increment 1, minimum 1, maximum 9223372036854775807, start 1, cache 1, target has schema more, name ident_id_seq, type bigint, increment 1, minimum 1, maximum 9223372036854775807, start 1, cache 1",
    "grant on sequence more.ident_id_seq to pg_monitor is missing",
    "grant on sequence more.other_seq to pg_monitor is not in the target schema",
    "comment on sequence more.ident_id_seq is missing",
    "comment on sequence more.other_seq is not in the target schema",
  ],
  [
    "alter table more.ident alter column v set compression pglz",
    "column more.ident.v: compression is pglz, target has none",
  ],
  [
    "alter table more.ident alter column v set (n_distinct = 5)",
    "column more.ident.v: options are n_distinct=5, target has none",
  ],
  [
    "alter table more.ident set (toast.autovacuum_enabled = false)",
    "table more.ident: options are toast.autovacuum_enabled=false, target has none",
  ],
];
