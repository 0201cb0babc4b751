-- # index/add
-- common
create table t (a integer, b text);
-- b
create index i on t (a, b);
-- # index/unique
-- common
create table t (a integer, b text);
-- a
create index i on t (a);
-- b
create unique index i on t (a);
-- # index/method
-- common
create table t (a integer, b text);
-- a
create index i on t (a);
-- b
create index i on t using hash (a);
-- # index/opclass
-- common
create table t (a integer, b text);
-- a
create index i on t (b);
-- b
create index i on t (b text_pattern_ops);
-- # index/order-nulls
-- common
create table t (a integer, b text);
-- a
create index i on t (a, b);
-- b
create index i on t (a desc, b nulls first); create index j on t (a desc nulls last);
-- # index/include
-- common
create table t (a integer, b text);
-- a
create index i on t (a);
-- b
create index i on t (a) include (b);
-- # index/where
-- common
create table t (a integer, b text);
-- a
create index i on t (a);
-- b
create index i on t (a) where b is not null and a > 5;
-- # index/expression
-- common
create table t (a integer, b text);
-- a
create index i on t (b);
-- b
create index i on t (lower(b), (a + 1), (b || 'x') collate "C");
-- # index/nulls-not-distinct
-- common
create table t (a integer, b text);
-- a
create unique index i on t (a);
-- b
create unique index i on t (a) nulls not distinct;
-- # index/storage-parameter
-- common
create table t (a integer, b text);
-- a
create index i on t (a);
-- b
create index i on t (a) with (fillfactor = 70, deduplicate_items = off);
-- # index/collation
-- common
create table t (a integer, b text);
-- a
create index i on t (b);
-- b
create index i on t (b collate "C");
-- # index/clustered
-- common
create table t (a integer, b text); create index i on t (a); create index j on t (b);
-- b
alter table t cluster on i;
-- # index/statistics-target
-- common
create table t (a integer, b text); create index i on t (a, lower(b));
-- b
alter index i alter column 2 set statistics 300;
-- # index/rename
-- common
create table t (a integer, b text);
-- a
create index one on t (a);
-- b
create index two on t (a);
-- # index/replica-identity
-- common
create table t (a integer not null, b text); create unique index i on t (a);
-- b
alter table t replica identity using index i;
-- # table/add
-- a
select 1;
-- b
create table city (id bigint generated always as identity primary key, name text not null default '' check (name <> ''), area numeric(8, 2), unique (name, area));
create index on city (area);
comment on table city is 'cities'; comment on column city.name is 'its name';
-- # table/drop
-- a
create table a (id integer primary key); create table b (id serial primary key, a integer references a); create view v as select * from b;
-- b
create table c (id integer);
-- # table/unlogged
-- a
create table t (a serial);
-- b
create unlogged table t (a serial);
-- # table/storage-parameters
-- a
create table t (a text);
-- b
create table t (a text) with (fillfactor = 70, autovacuum_enabled = false, toast.autovacuum_enabled = false);
-- # table/replica-identity-full
-- a
create table t (a text);
-- b
create table t (a text); alter table t replica identity full;
-- # table/rename
-- a
create table one (a text);
-- b
create table two (a text);
-- # table/column-order
-- a
create table t (a text, b text);
-- b
create table t (b text, a text);
-- # table/inherit
-- a
create table p (a text, b integer); create table c (a text, b integer, c text);
-- b
create table p (a text, b integer); create table c (a text, b integer, c text); alter table c inherit p;
-- # table/inherits-new
-- a
select 1;
-- b
create table p (a text not null, b integer default 3 check (b > 0)); create table c (c text) inherits (p); create table d (a text default 'x', d text) inherits (p);
-- # table/of-type
-- a
create type ty as (a text, b integer); create table t (a text, b integer);
-- b
create type ty as (a text, b integer); create table t of ty;
-- # table/rls-enable
-- a
create table t (a text);
-- b
create table t (a text); alter table t enable row level security;
-- # table/rls-force
-- a
create table t (a text);
-- b
create table t (a text); alter table t enable row level security, force row level security;
-- # table/owner
-- a
create table t (a text); create view v as select 1 as a; create sequence s; create function f() returns integer language sql as 'select 1'; create type e as enum ('a'); create schema x;
-- b
create table t (a text); create view v as select 1 as a; create sequence s; create function f() returns integer language sql as 'select 1'; create type e as enum ('a'); create schema x;
alter table t owner to owner1; alter view v owner to owner1; alter sequence s owner to owner1; alter function f() owner to owner1; alter type e owner to owner1; alter schema x owner to owner1;
-- # table/owner-new
-- a
select 1;
-- b
create table t (a serial); alter table t owner to owner1; grant select on t to reader; create view v as select a from t; alter view v owner to owner2; grant select on v to owner1;
-- # table/owner-with-grants
-- a
create table t (a text); alter table t owner to owner1; grant select on t to owner2; grant insert on t to reader; revoke delete on t from owner1;
-- b
create table t (a text); alter table t owner to owner2; grant select on t to owner1; grant insert on t to reader;
-- # table/to-partitioned
-- lossy
-- a
create table t (a integer);
-- b
create table t (a integer) partition by range (a);
-- # partition/add
-- a
create table t (a integer, b text) partition by range (a); create table t1 partition of t for values from (1) to (10);
-- b
create table t (a integer, b text) partition by range (a); create table t1 partition of t for values from (1) to (10); create table t2 partition of t for values from (10) to (20);
-- # partition/default
-- a
create table t (a integer, b text) partition by list (a); create table t1 partition of t for values in (1, 2);
-- b
create table t (a integer, b text) partition by list (a); create table t1 partition of t for values in (1, 2); create table td partition of t default;
-- # partition/bounds
-- a
create table t (a integer, b text) partition by range (a); create table t1 partition of t for values from (1) to (10);
-- b
create table t (a integer, b text) partition by range (a); create table t1 partition of t for values from (1) to (20);
-- # partition/detach
-- a
create table t (a integer primary key, b text) partition by range (a); create table t1 partition of t for values from (1) to (10); create index on t (b);
-- b
create table t (a integer primary key, b text) partition by range (a); create index on t (b); create table t1 (a integer not null primary key, b text); create index t1_b_idx on t1 (b);
-- # partition/sub
-- a
create table t (a integer, b text) partition by range (a);
-- b
create table t (a integer, b text) partition by range (a); create table t1 partition of t for values from (1) to (10) partition by list (b); create table t1x partition of t1 for values in ('x');
-- # partition/hash
-- a
create table t (a integer, b text) partition by hash (a);
-- b
create table t (a integer, b text) partition by hash (a); create table h0 partition of t for values with (modulus 2, remainder 0); create table h1 partition of t for values with (modulus 2, remainder 1);
-- # partition/column-add
-- a
create table t (a integer) partition by range (a); create table t1 partition of t for values from (1) to (10);
-- b
create table t (a integer, b text not null default 'x', c integer) partition by range (a); create table t1 partition of t for values from (1) to (10);
-- # partition/index-on-parent
-- a
create table t (a integer, b text) partition by range (a); create table t1 partition of t for values from (1) to (10); create table t2 partition of t for values from (10) to (20);
-- b
create table t (a integer, b text) partition by range (a); create table t1 partition of t for values from (1) to (10); create table t2 partition of t for values from (10) to (20); create index ti on t (b); create unique index tu on t (a);
-- # partition/index-named-parts
-- a
create table t (a integer, b text) partition by range (a); create table t1 partition of t for values from (1) to (10);
-- b
create table t (a integer, b text) partition by range (a); create table t1 partition of t for values from (1) to (10); create index mine on t1 (b); create index ti on t (b);
-- # partition/index-only-attach
-- a
create table t (a integer, b text) partition by range (a); create table t1 partition of t for values from (1) to (10); create index ti on only t (b); create index mine on t1 (b);
-- b
create table t (a integer, b text) partition by range (a); create table t1 partition of t for values from (1) to (10); create index ti on only t (b); create index mine on t1 (b); alter index ti attach partition mine;
-- # partition/new-with-named-parts
-- a
create table t (a integer, b text, constraint tpk primary key (a)) partition by range (a);
-- b
create table t (a integer, b text, constraint tpk primary key (a)) partition by range (a); create index ti on t (b); create table t1 (a integer not null constraint onepk primary key, b text); create index mine on t1 (b); alter table t attach partition t1 for values from (1) to (10); comment on index mine is 'x'; comment on constraint onepk on t1 is 'y';
-- # partition/pk
-- a
create table t (a integer, b text) partition by range (a); create table t1 partition of t for values from (1) to (10);
-- b
create table t (a integer primary key, b text) partition by range (a); create table t1 partition of t for values from (1) to (10);
-- # partition/fk-from
-- a
create table p (id integer primary key); create table t (a integer, b text) partition by range (a); create table t1 partition of t for values from (1) to (10);
-- b
create table p (id integer primary key); create table t (a integer references p, b text) partition by range (a); create table t1 partition of t for values from (1) to (10);
-- # partition/fk-to
-- a
create table t (a integer primary key) partition by range (a); create table t1 partition of t for values from (1) to (10); create table c (a integer);
-- b
create table t (a integer primary key) partition by range (a); create table t1 partition of t for values from (1) to (10); create table c (a integer references t);
-- # partition/trigger-on-parent
-- a
create function tf() returns trigger language plpgsql as 'begin return new; end'; create table t (a integer) partition by range (a); create table t1 partition of t for values from (1) to (10);
-- b
create function tf() returns trigger language plpgsql as 'begin return new; end'; create table t (a integer) partition by range (a); create table t1 partition of t for values from (1) to (10); create trigger g after insert on t for each row execute function tf();
-- # partition/local-default
-- a
create table t (a integer, b text default 'x') partition by range (a); create table t1 partition of t for values from (1) to (10);
-- b
create table t (a integer, b text default 'x') partition by range (a); create table t1 partition of t for values from (1) to (10); alter table t1 alter b set default 'y';
-- # partition/local-no-default
-- a
create table t (a integer, b text default 'x') partition by range (a); create table t1 partition of t for values from (1) to (10);
-- b
create table t (a integer, b text default 'x') partition by range (a); create table t1 partition of t for values from (1) to (10); alter table t1 alter b drop default, alter b set not null;
-- # partition/everything
-- a
select 1;
-- b
create table t (a integer not null, b text default 'x', c integer check (c > 0), primary key (a, c)) partition by range (a);
create table t1 partition of t for values from (1) to (10); create table t2 partition of t default; create index on t (b); alter table t1 alter b set default 'y'; alter table t2 add check (c < 100); create index t2_own on t2 (c);
-- # sequence/add
-- a
select 1;
-- b
create sequence s; create sequence s2 as smallint increment by -2 minvalue -100 maxvalue 100 start 5 cache 4 cycle;
-- # sequence/options
-- a
create sequence s; create sequence d;
-- b
create sequence s increment by 5 minvalue 100 maxvalue 1000 start 200 cache 7 cycle; create sequence d increment by -1 minvalue -50 maxvalue -10;
-- # sequence/type
-- a
create sequence s as integer;
-- b
create sequence s as bigint;
-- # sequence/owned-by
-- a
create table t (a integer); create sequence s;
-- b
create table t (a integer); create sequence s owned by t.a;
-- # sequence/unlogged
-- a
create sequence s;
-- b
create unlogged sequence s;
-- # table/of-type-changes
-- a
create type ty as (a text, b integer); create table t of ty;
-- b
create type ty as (a text, b bigint, c date); create table t of ty (a not null); create index i on t (c);
-- # table/unlogged-with-keys
-- a
create table p (id integer primary key, up integer references p); create table c (id integer primary key, p integer references p); create table gone (p integer references p);
-- b
create unlogged table p (id integer primary key, up integer references p); create unlogged table c (id integer primary key, p integer references p); create unlogged table other (p integer references p, c integer references c);
-- # typed/not-null
-- common
create type ty as (a text, b integer);
-- a
create table t of ty;
-- b
create table t of ty (a not null, b default 3);
-- # typed/not-null-new
-- a
select 1;
-- b
create type ty as (a text, b integer, c date); create table t of ty (a with options not null default 'x', b primary key, check (b > 0)); alter table t alter c set statistics 5; comment on column t.c is 'x';
-- # typed/joins
-- common
create type ty as (a text, b integer);
-- a
create table t (a text not null, b integer default 3);
-- b
create table t of ty (b not null);
-- # typed/type-changes
-- a
create type ty as (a text, b integer); create table t of ty (a not null, b default 3);
-- b
create type ty as (a varchar(20), c integer); create table t of ty (c not null);
-- # typed/adds-attribute-with-settings
-- a
create type ty as (a text); create table t of ty; create table u of ty (a default 'x');
-- b
create type ty as (a text, c integer, d text); create table t of ty (c not null default 3, primary key (c), check (d <> '')); create table u of ty (d default 'y'); create index on u (c);
-- # table/check-of-nested-rows
-- a
create table t (a integer, b integer, c integer);
-- b
create table t (a integer, b integer, c integer, constraint k check (row(a, row(b, c)) is distinct from row(1, row(2, 3))), constraint l check (row(a, row(b, c)) <> row(1, row(2, 3))));
-- # table/other-primary-key-while-a-table-that-refers-goes
-- a
create table org (id integer primary key); create table unit (org integer references org);
-- b
create table org (id integer, pk integer, constraint org_pk primary key (pk));
-- # index/of-another-table
-- a
create table t (a integer); create table u (a integer); create index i on t (a); create statistics s on (a + 1) from t; comment on index i is 'x';
-- b
create table t (a integer); create table u (a integer); create index i on u (a); create statistics s on (a + 1) from u; comment on index i is 'x';
-- # index/of-another-table-with-columns
-- common
create table t (a integer, b text); create table u (a integer, b text) partition by list (a); create table u1 partition of u for values in (1); create table v (a integer);
-- a
create unique index i on t (a, b); create index j on t (a);
-- b
create unique index i on u (a, b); create index j on v (a);
-- # index/of-another-table-while-the-first-goes
-- a
create table t (a integer); create index i on t (a); comment on index i is 'x';
-- b
create table u (a integer, b text); create index i on u (a); comment on index i is 'x';
-- # key/of-the-same-columns-as-another
-- b
create table t (a integer constraint t_pk primary key, b integer constraint t_b unique); alter table t add constraint t_a unique (a), add constraint t_again unique (b), add constraint t_later unique (b) deferrable;
