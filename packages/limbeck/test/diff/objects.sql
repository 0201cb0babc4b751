-- # text-search/dictionary-number
-- a
create text search dictionary kept (template = simple, accept = 0);
-- b
create text search dictionary kept (template = simple, accept = 1); create text search dictionary made (template = simple, accept = 1);
-- # schema/add
-- a
select 1;
-- b
create schema x; create table x.t (a integer); create schema "Weird One"; create view "Weird One"."V" as select a from x.t;
-- # schema/move-table
-- lossy
-- a
create schema x; create table t (a integer);
-- b
create schema x; create table x.t (a integer);
-- # extension/add
-- a
create table t (a text);
-- b
create extension pg_trgm; create table t (a text); create index i on t using gin (a gin_trgm_ops);
-- # extension/schema
-- a
create schema x; create extension pg_trgm;
-- b
create schema x; create extension pg_trgm schema x; 
-- # extension/types
-- a
select 1;
-- b
create extension hstore; create extension citext; create table t (h hstore default '', c citext unique); create function f(hstore) returns hstore language sql as 'select $1';
-- # collation/add
-- a
select 1;
-- b
create collation mine from "C"; create collation de (provider = icu, locale = 'de', deterministic = false); create table t (a text collate mine, b text collate de); create index i on t (a collate de); create domain d as text collate mine; create type ct as (a text collate mine);
-- # collation/schema
-- a
create schema x; create collation x.mine from "C"; create table t (a text, b text collate x.mine); create index i on t (a);
-- b
create schema x; create collation x.mine from "C"; create table t (a text collate x.mine, b text); create index i on t (a collate "POSIX");
-- # cast/add
-- common
create type c as (a integer); create function ci(c) returns integer language sql as 'select 1';
-- b
create cast (c as integer) with function ci(c) as assignment; create cast (integer as c) with inout; comment on cast (c as integer) is 'x';
-- # operator/add
-- common
create function eq(text, integer) returns boolean language sql immutable as 'select true'; create function ne(text, integer) returns boolean language sql immutable as 'select false'; create schema x;
-- b
create operator === (leftarg = text, rightarg = integer, function = eq, negator = !==, restrict = eqsel, join = eqjoinsel); create operator !== (leftarg = text, rightarg = integer, function = ne, negator = ===); create operator x.@@@ (rightarg = integer, function = int4abs); comment on operator === (text, integer) is 'x'; create view v as select 'a' === 1 as y; alter operator === (text, integer) owner to owner1;
-- # operator-class/add
-- a
select 1;
-- b
create operator family fam using btree; create operator class mine for type integer using btree family fam as operator 1 <, operator 2 <=, operator 3 =, operator 4 >=, operator 5 >, function 1 btint4cmp(integer, integer); create table t (a integer); create index i on t (a mine); create operator class hh for type integer using hash as operator 1 =, function 1 hashint4(integer); comment on operator class mine using btree is 'x'; alter operator family fam using btree add operator 1 < (integer, bigint);
-- # text-search/configuration
-- a
create text search configuration old (copy = simple); create text search dictionary dold (template = simple, accept = false);
-- b
create text search dictionary dict (template = snowball, language = english, stopwords = english); create text search configuration conf (parser = "default"); alter text search configuration conf add mapping for asciiword, word with dict, simple; create text search configuration old (copy = simple); alter text search configuration old alter mapping for asciiword with dict; alter text search configuration old drop mapping for url; comment on text search configuration conf is 'x'; create table t (a text, v tsvector generated always as (to_tsvector('conf', a)) stored); create text search dictionary dold (template = simple, accept = true); alter text search dictionary dict owner to owner1;
-- # statistics/add
-- common
create table t (a integer, b integer, c text);
-- b
create statistics s on a, b from t; create statistics s2 (ndistinct) on a, (lower(c)) from t; create statistics s3 on (a + b) from t; comment on statistics s is 'x'; alter statistics s owner to owner1;
-- # statistics/target
-- common
create table t (a integer, b integer, c text); create statistics s on a, b from t;
-- b
alter statistics s set statistics 77;
-- # publication/add
-- common
create table t (a integer primary key, b text);
-- b
create publication p for table t; create publication q for all tables with (publish = 'insert, delete', publish_via_partition_root = true); comment on publication p is 'x'; alter publication q owner to owner1;
-- # publication/where-columns
-- common
create table t (a integer primary key, b text);
-- a
create publication p for table t;
-- b
create publication p for table t (a) where (a > 3) with (publish = 'insert');
-- # publication/schema
-- common
create schema x;
-- a
create publication p for tables in schema public;
-- b
create publication p for tables in schema x, public;
-- # subscription/add
-- a
select 1;
-- b
create subscription sub connection 'host=nowhere dbname=x' publication p1, p2 with (connect = false, binary = true);
-- # foreign/wrapper-server
-- a
select 1;
-- b
create foreign data wrapper w options (debug 'true'); create server s type 't' version '1' foreign data wrapper w options (host 'h'); grant usage on foreign data wrapper w to reader; grant usage on foreign server s to writer; comment on server s is 'x'; alter server s owner to postgres;
-- # foreign/options
-- a
create foreign data wrapper w options (debug 'true'); create server s version '1' foreign data wrapper w options (host 'h', port '1'); create user mapping for public server s options (a 'b');
-- b
create foreign data wrapper w options (debug 'false'); create server s version '2' foreign data wrapper w options (host 'g', db 'x'); create user mapping for public server s options (a 'c');
-- # foreign/table
-- common
create foreign data wrapper w; create server s foreign data wrapper w;
-- b
create foreign table ft (a integer not null default 3 check (a > 0), b text options (n 'x') collate "C") server s options (t 'y'); comment on foreign table ft is 'x'; grant select on ft to reader; comment on column ft.a is 'aa'; alter foreign table ft owner to owner1; 
-- # foreign/table-column
-- common
create foreign data wrapper w; create server s foreign data wrapper w;
-- a
create foreign table ft (a integer, b text options (n 'x')) server s options (t 'y'); create view v as select a from ft;
-- b
create foreign table ft (a bigint, b text options (n 'z', m 'q'), c integer default 5 not null) server s options (t 'w'); create view v as select a from ft;
-- # foreign/user-mapping
-- common
create foreign data wrapper w; create server s foreign data wrapper w;
-- b
create user mapping for reader server s options (user 'u', password 'p'); create user mapping for public server s;
-- # language/transform
-- a
select 1;
-- b
create type c as (a integer); create function tosql(internal) returns c language internal immutable as 'int4in'; create function fromsql(internal) returns internal language internal immutable as 'int4in'; create transform for c language plpgsql (from sql with function fromsql(internal), to sql with function tosql(internal)); comment on transform for c language plpgsql is 'x';
-- # access-method
-- a
select 1;
-- b
create access method heap2 type table handler heap_tableam_handler; create table t (a integer) using heap2; comment on access method heap2 is 'x'; create materialized view m using heap2 as select 1 as a;
-- # access-method/change
-- a
create access method heap2 type table handler heap_tableam_handler; create table t (a integer);
-- b
create access method heap2 type table handler heap_tableam_handler; create table t (a integer) using heap2;
-- # conversion/add
-- a
select 1;
-- b
create conversion conv for 'LATIN1' to 'UTF8' from iso8859_1_to_utf8; comment on conversion conv is 'x';
-- # base-type/add
-- a
select 1;
-- b
create type bt; create function btin(cstring) returns bt language internal immutable strict as 'int4in'; create function btout(bt) returns cstring language internal immutable strict as 'int4out'; create type bt (input = btin, output = btout, internallength = 4, passedbyvalue, alignment = int4); create table t (a bt); comment on type bt is 'x';
-- # shell-type/add
-- a
select 1;
-- b
create type sh;
-- # order/everything-at-once
-- a
create table old (id integer primary key, x text); create view ov as select * from old; create type ot as enum ('a');
-- b
create schema s; create type s.mood as enum ('a', 'b'); create domain s.pos as integer check (value > 0); create sequence s.q; create table s.a (id integer primary key default nextval('s.q'), m s.mood default 'a', p s.pos, b integer); create table s.b (id serial primary key, a integer references s.a, unique (a)); alter table s.a add foreign key (b) references s.b; create function s.f(m s.mood) returns setof s.a language sql as 'select * from s.a where m = $1'; create view s.v as select f.id, f.m from s.f('a') f; create materialized view s.mv as select * from s.v; create index on s.mv (id); create function s.tf() returns trigger language plpgsql as 'begin return new; end'; create trigger t before insert on s.a for each row execute function s.tf(); alter table s.a enable row level security; create policy p on s.a using (exists (select from s.b where s.b.a = s.a.id)); grant select on all tables in schema s to reader; comment on schema s is 'all'; create index on s.a (m) where m = 'a'; create rule ru as on delete to s.b do also update s.a set b = null;
-- # order/drop-everything
-- a
create schema s; create type s.mood as enum ('a', 'b'); create table s.a (id integer primary key, m s.mood default 'a', b integer); create table s.b (id serial primary key, a integer references s.a); alter table s.a add foreign key (b) references s.b; create function s.f(m s.mood) returns setof s.a language sql as 'select * from s.a'; create view s.v as select f.id, f.m from s.f('a') f; create materialized view s.mv as select * from s.v;
-- b
select 1;
-- # order/function-table-cycle
-- a
select 1;
-- b
create table t (id integer); create function f(t) returns integer language sql as 'select 1'; alter table t add column n integer default 0, add check (f(t.*) > 0); create function g() returns integer language plpgsql as 'begin return (select count(*)::integer from u); end'; create table u (id integer default g());
-- # order/replace-type-used-everywhere
-- lossy back
-- a
create type e as enum ('a', 'b', 'x'); create table t (e e default 'a', es e[]); create view v as select e from t; create function f(e e) returns e[] language sql as 'select es from t'; create table p (e e) partition by list (e); create table p1 partition of p for values in ('a'); create domain de as text; create index i on t (e); create policy po on t using (e = 'a'::e); create materialized view m as select e, count(*) as n from t group by e; create index mi on m (e);
-- b
create type e as enum ('a', 'b', 'x', 'y'); create table t (e e default 'y', es e[]); create view v as select e from t; create function f(e e) returns e[] language sql as 'select es from t'; create table p (e e) partition by list (e); create table p1 partition of p for values in ('a'); create domain de as text; create index i on t (e); create policy po on t using (e = 'y'::e); create materialized view m as select e, count(*) as n from t group by e; create index mi on m (e);
-- # order/swap-names
-- lossy
-- a
create table x (a integer, y integer); create view v as select 1 as one; create index i on x (a); create index j on x (y);
-- b
create table v (one integer); create view x as select 2 as a; create sequence i; create view j as select one from v;
-- # order/two-views-depend-swap
-- common
create table t (a integer, b integer);
-- a
create view v as select a from t; create view w as select a from v;
-- b
create view w as select a from t; create view v as select a from w;
-- # view/options-as-they-were-said
-- a
create table t (a integer); create view w with (security_barrier = on) as select a from t;
-- b
create table t (a integer); create view v with (security_invoker = on, security_barrier) as select a from t; create view w with (security_barrier = off, security_invoker = yes) as select a from t; create view x with (security_invoker) as select 1 as y;
-- # index/clustered-on-another
-- a
create table t (a integer, b integer); create index i on t (a); create index j on t (b); alter table t cluster on i; create materialized view m as select a, b from t; create index mi on m (a); create index mj on m (b); alter materialized view m cluster on mi; create table k (a integer primary key, b integer unique); alter table k cluster on k_pkey;
-- b
create table t (a integer, b integer); create index i on t (a); create index j on t (b); alter table t cluster on j; create materialized view m as select a, b from t; create index mi on m (a); create index mj on m (b); alter materialized view m cluster on mj; create table k (a integer primary key, b integer unique); alter table k cluster on k_b_key;
-- # collation/of-an-index-in-a-schema
-- common
create schema x; create collation x.mine from "C"; create collation x."Odd One" from "C"; create table t (a text, b text);
-- b
create index i on t (a collate x."Odd One" text_pattern_ops desc, (lower(b)) collate x.mine); create unique index u on t (b collate x.mine);
-- # collation/changed-in-use
-- a
create collation spoken (provider = icu, locale = 'de');
create table city (name text collate spoken not null, note varchar(20) collate spoken);
create index by_name on city (name);
create view named as select name from city where note > 'm';
-- b
create collation spoken (provider = icu, locale = 'fr');
create table city (name text collate spoken not null, note varchar(30) collate spoken);
create index by_name on city (name);
create view named as select name from city where note > 'm';
-- # objects/foreign-column-type-and-options
-- common
create foreign data wrapper w; create server s foreign data wrapper w; create schema o;
-- a
create foreign table f (a text, b varchar) server s; create foreign table o.g (a integer) server s;
-- b
create foreign table f (a integer, b text collate "C") server s; alter foreign table f alter a set (n_distinct = 5), alter b set statistics 7; create foreign table g (a integer) server s; alter foreign table g alter a set (n_distinct = 5);
-- # cast/goes-with-its-function
-- common
create type c as (a integer);
-- a
create function f(integer) returns c language sql as 'select row(1)::c'; create cast (integer as c) with function f(integer);
-- b
create function f(bigint) returns c language sql as 'select row(1)::c'; create cast (bigint as c) with function f(bigint);
-- # objects/subscription-that-streams-nothing
-- b
create subscription s connection 'dbname=nowhere' publication p with (connect = false, slot_name = none, streaming = off);
-- # objects/subscription-that-streams
-- a
create subscription s connection 'dbname=nowhere' publication p with (connect = false, slot_name = none, streaming = off);
-- b
create subscription s connection 'dbname=nowhere' publication p with (connect = false, slot_name = none, streaming = on);
-- # kind/another-of-the-same-name
-- lossy
-- common
create foreign data wrapper w; create server s foreign data wrapper w;
-- a
create type x as (a integer, b text); comment on column x.a is 'said'; create foreign table y (a integer default 3) server s; create materialized view z as select 1 as a; create index z_a on z (a);
-- b
create table x (a integer, b text); comment on column x.a is 'said'; create table y (a integer default 3); create table z (a integer); create index z_a on z (a);
