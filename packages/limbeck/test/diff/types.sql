-- # enum/add
-- a
select 1;
-- b
create type e as enum ('a', 'b'); create table t (e e default 'a', es e[]);
-- # enum/value-end
-- a
create type e as enum ('a', 'b'); create table t (e e);
-- b
create type e as enum ('a', 'b', 'c', 'd'); create table t (e e);
-- # enum/value-middle
-- a
create type e as enum ('b', 'd'); create table t (e e);
-- b
create type e as enum ('a', 'b', 'c', 'c2', 'd', 'e'); create table t (e e);
-- # enum/value-used-as-default
-- a
create type e as enum ('a', 'b'); create table t (e e default 'a');
-- b
create type e as enum ('a', 'b', 'c'); create table t (e e default 'c', check (e <> 'c'::e or true));
-- # enum/value-removed
-- a
create type e as enum ('a', 'b', 'c'); create table t (e e default 'a' not null, es e[] default '{a,b}'); create index i on t (e) where e = 'a';
-- b
create type e as enum ('a', 'b'); create table t (e e default 'a' not null, es e[] default '{a,b}'); create index i on t (e) where e = 'a';
-- # enum/value-renamed
-- a
create type e as enum ('a', 'b'); create table t (e e default 'a');
-- b
create type e as enum ('x', 'b'); create table t (e e default 'x');
-- # enum/reordered
-- a
create type e as enum ('a', 'b'); create table t (e e default 'a');
-- b
create type e as enum ('b', 'a'); create table t (e e default 'a');
-- # enum/removed-used-by-view-and-function
-- a
create type e as enum ('a', 'b', 'c'); create table t (id integer primary key, e e check (e <> 'b')); create view v as select id, e from t where e = 'a'; create function f(x e) returns e language sql as 'select x'; create view w as select f(e) as y from v; comment on view w is 'w'; grant select on w to reader; grant usage on type e to reader; comment on type e is 'e';
-- b
create type e as enum ('a', 'b'); create table t (id integer primary key, e e check (e <> 'b')); create view v as select id, e from t where e = 'a'; create function f(x e) returns e language sql as 'select x'; create view w as select f(e) as y from v; comment on view w is 'w'; grant select on w to reader; grant usage on type e to reader; comment on type e is 'e';
-- # domain/add
-- a
select 1;
-- b
create domain d as integer default 3 not null check (value > 0) constraint small check (value < 100); create table t (d d);
-- # domain/check-change
-- a
create domain d as integer constraint c check (value > 0); create table t (d d);
-- b
create domain d as integer constraint c check (value > 1) constraint e check (value < 10); create table t (d d);
-- # domain/default
-- a
create domain d as integer default 1; create table t (d d);
-- b
create domain d as integer default 2; create table t (d d);
-- # domain/not-null
-- a
create domain d as integer; create table t (d d);
-- b
create domain d as integer not null; create table t (d d);
-- # domain/base-type
-- a
create domain d as integer check (value > 0); create table t (id integer, d d default 1, ds d[]); create view v as select d from t; comment on domain d is 'x';
-- b
create domain d as bigint check (value > 0); create table t (id integer, d d default 1, ds d[]); create view v as select d from t; comment on domain d is 'x';
-- # composite/add-attribute
-- a
create type c as (a integer); create table t (c c);
-- b
create type c as (a integer, b text collate "C"); create table t (c c);
-- # composite/drop-attribute
-- a
create type c as (a integer, x text, b text);
-- b
create type c as (a integer, b text);
-- # composite/attribute-type
-- a
create type c as (a integer, b varchar(5));
-- b
create type c as (a bigint, b text);
-- # range/add
-- a
select 1;
-- b
create type r as range (subtype = float8, subtype_diff = float8mi); create type tr as range (subtype = text, collation = "C", multirange_type_name = many); create table t (r r);
-- # range/change
-- a
create type r as range (subtype = float8, subtype_diff = float8mi); create function f(r) returns r language sql as 'select $1';
-- b
create type r as range (subtype = float8); create function f(r) returns r language sql as 'select $1';
-- # view/add
-- common
create table t (id integer primary key, a text, b integer);
-- b
create view v as select id, a as name from t where b > 3; create view w as select count(*) as n from v;
-- # view/definition
-- common
create table t (id integer primary key, a text, b integer);
-- a
create view v as select id, a from t;
-- b
create view v as select id, a from t where b > 3;
-- # view/add-column-end
-- common
create table t (id integer primary key, a text, b integer);
-- a
create view v as select id, a from t;
-- b
create view v as select id, a, b from t;
-- # view/drop-column
-- common
create table t (id integer primary key, a text, b integer);
-- a
create view v as select id, a, b from t; grant select on v to reader;
-- b
create view v as select id, b from t; grant select on v to reader;
-- # view/column-type
-- common
create table t (id integer primary key, a text, b integer);
-- a
create view v as select id, a, b from t;
-- b
create view v as select id, a, b::bigint as b from t;
-- # view/chain-recreate
-- common
create table t (id integer primary key, a text, b integer); create function tf() returns trigger language plpgsql as 'begin return new; end';
-- a
create view v1 as select id, a, b from t; create view v2 as select id, b from v1; create materialized view m as select id, count(b) as n from v2 group by id; create unique index mi on m (id); create view v3 as select * from m; comment on view v2 is 'two'; comment on column v3.n is 'n'; grant select on v2, m to reader; create trigger g instead of insert on v2 for each row execute function tf(); alter view v2 alter column b set default 7; comment on materialized view m is 'mm'; alter view v3 owner to owner1;
-- b
create view v1 as select id, b, a from t; create view v2 as select id, b from v1; create materialized view m as select id, count(b) as n from v2 group by id; create unique index mi on m (id); create view v3 as select * from m; comment on view v2 is 'two'; comment on column v3.n is 'n'; grant select on v2, m to reader; create trigger g instead of insert on v2 for each row execute function tf(); alter view v2 alter column b set default 7; comment on materialized view m is 'mm'; alter view v3 owner to owner1;
-- # view/options
-- common
create table t (id integer primary key, a text, b integer);
-- a
create view v as select id, a from t;
-- b
create view v with (security_barrier = true, security_invoker = true) as select id, a from t;
-- # view/check-option
-- common
create table t (id integer primary key, a text, b integer);
-- a
create view v as select id, a from t where id > 0 with local check option;
-- b
create view v as select id, a from t where id > 0 with cascaded check option;
-- # view/column-default
-- common
create table t (id integer primary key, a text, b integer); create view v as select id, a from t;
-- b
alter view v alter column a set default 'x';
-- # view/group-by-pk
-- common
create table t (id integer constraint one primary key, a text, b integer);
-- a
create view v as select id, a, b from t group by id;
-- b
alter table t drop constraint one; alter table t add constraint two primary key (id); create view v as select id, a, b from t group by id;
-- # view/trigger
-- common
create table t (id integer primary key, a text, b integer); create function tf() returns trigger language plpgsql as 'begin return new; end';
-- a
create view v as select id, a from t;
-- b
create view v as select id, a, b from t; create trigger g instead of update or delete on v for each row execute function tf('x', 'it''s');
-- # matview/add
-- common
create table t (id integer primary key, a text, b integer);
-- b
create materialized view m as select id, a from t; create index mi on m (a);
-- # matview/definition
-- common
create table t (id integer primary key, a text, b integer);
-- a
create materialized view m as select id, a from t; create index mi on m (a);
-- b
create materialized view m as select id, a from t where b > 0; create index mi on m (a);
-- # matview/no-data
-- common
create table t (id integer primary key, a text, b integer);
-- b
create materialized view m as select id, a from t with no data;
-- # matview/options
-- common
create table t (id integer primary key, a text, b integer);
-- a
create materialized view m as select id, a from t;
-- b
create materialized view m with (fillfactor = 60) as select id, a from t; alter materialized view m alter column a set statistics 50; 
-- # enum/removed-and-array
-- a
create type e as enum ('a', 'b', 'c'); create table t (id integer, e e default 'a', es e[], x e[]); create view v as select id from t where e is not null; create view w as select id from t where es is not null;
-- b
create type e as enum ('a', 'b'); create table t (id integer, e e[] default '{b}', es e, x e[]); create view v as select id from t where e is not null; create view w as select id from t where es is not null;
-- # enum/below-a-domain-and-a-row-type
-- a
create type m as enum ('a', 'b', 'c'); create domain d as m default 'a' check (value <> 'b'); create domain dd as d; create type pair as (x m, y integer);
create table t (x m not null default 'a', z d default 'a' check (z::text <> 'q'), w pair, e dd, v pair[]); create index on t (z); create view r as select z, (w).x from t; insert into t values ('a', 'a', row('a', 1), 'a', array[row('a', 2)::pair]);
-- b
create type m as enum ('c', 'a'); create domain d as m default 'a' check (value <> 'c'); create domain dd as d; create type pair as (x m, y integer);
create table t (x m not null default 'a', z d default 'a' check (z::text <> 'q'), w pair, e dd, v pair[]); create index on t (z); create view r as select z, (w).x from t;
-- # domain/below-a-domain
-- a
create domain d as text constraint d_c check (value <> ''); create domain dd as d default 'x' not null; create table t (a dd primary key, b d[]); insert into t values ('k', '{l}');
-- b
create domain d as varchar(20) collate "C" constraint d_c check (value <> ' '); create domain dd as d default 'y' constraint z check (length(value) < 10); create table t (a dd primary key, b d[]);
-- # composite/attribute-type-in-a-column
-- a
create type c as (x integer, y text); create table t (v c, w c[]); create table u (q c) inherits (t); create function f(c) returns c language sql as 'select $1'; create view r as select (v).x from t; insert into t values (row(1, 'a'), array[row(2, 'b')::c]);
-- b
create type c as (x bigint, y text); create table t (v c, w c[]); create table u (q c) inherits (t); create function f(c) returns c language sql as 'select $1'; create view r as select (v).x from t;
-- # table/leaves-growing-type
-- a
create type place as (town text, code integer);
create table home of place;
-- b
create type place as (town text, code integer, note text);
create table home (town text, code integer, note text);
-- # composite/attribute-type-of-stored
-- common
create domain note as text;
-- a
create type place as (town note, code integer);
create table home (at place, others place[], since date default now(), check ((at).code > 0));
create view codes as select (at).code from home;
insert into home values (row('Bern', 3), array[row('Thun', 4)::place]);
-- b
create type place as (town note, code bigint);
create table home (at place, others place[], since date default now(), check ((at).code > 0));
create view codes as select (at).code from home;
-- # enum/value-removed-below-other-types
-- a
create type size as enum ('s', 'm', 'l');
create domain usual as size default 'm';
create type box as (of size, note text);
create domain many as size[];
create table stock (own usual, box box, boxes box[], sizes many, label text default 's');
insert into stock values ('s', null, null, '{s,m}');
-- b
create type size as enum ('s', 'm');
create domain usual as size default 's';
create type box as (of size, note text);
create domain many as size[];
create table stock (own usual, box box, boxes box[], sizes many, label text default 's');
-- # type/with-the-name-of-a-built-in
-- a
create type path as enum ('a');
create type box as (w integer);
create domain line as text;
-- b
create type path as enum ('a', 'b');
create type box as (w integer, h integer);
create domain line as text default 'x';
comment on type box is 'ours';
-- # types/column-keeps-what-is-built-on-it
-- a
create table t (a integer, b integer); create statistics s on a, b from t; alter statistics s set statistics 5; alter statistics s owner to owner1;
create index i on t ((a + b)); alter index i alter column 1 set statistics 99;
create table u (a varchar(5)); alter table u alter a set storage external, alter a set compression pglz;
-- b
create table t (a bigint, b integer); create statistics s on a, b from t; alter statistics s set statistics 5; alter statistics s owner to owner1;
create index i on t ((a + b)); alter index i alter column 1 set statistics 99;
create table u (a text); alter table u alter a set storage external, alter a set compression pglz;
-- # types/column-with-indexes-that-are-parts
-- common
create table p (a integer, b integer) partition by list (a);
create table p1 (a integer, b integer); alter table p1 add constraint own unique (a, b); create index other on p1 (b) with (fillfactor = 50);
alter table p add constraint u unique (a, b); alter table p attach partition p1 for values in (1);
create table p2 partition of p for values in (2); create index pi on p (b); cluster p2 using p2_b_idx; comment on index p2_b_idx is 'two';
-- b
alter table p alter b type bigint;
-- # types/cast-before-what-it-casts
-- a
create type c as (a integer); create function f(c) returns integer language sql immutable as 'select $1.a'; create table t (x c);
-- b
create type c as (a integer); create function f(c) returns integer language sql immutable as 'select $1.a'; create cast (c as integer) with function f(c) as implicit;
create table t (x c, y integer generated always as (x::integer) stored); create view v as select x::integer + 1 as n from t;
-- # types/domain-on-another-type-with-comments
-- a
create domain d as integer constraint k check (value > 0); comment on constraint k on domain d is 'k'; create table t (x d);
-- b
create domain d as bigint constraint k check (value > 0); comment on constraint k on domain d is 'k'; create table t (x d);
-- # composite/reshaped-while-stored
-- a
create type c as (a text, b integer, x integer); create table t (id integer, c c default ('1', 2, 3)); create table u (id integer, c c not null) partition by range (id); create table u1 partition of u default; create view v as select (c).b from t; create function f(c) returns integer language sql as 'select 1';
-- b
create type c as (b bigint, y date, a integer); create table t (id integer, c c default (2, null, 1)); create table u (id integer, c c not null) partition by range (id); create table u1 partition of u default; create view v as select (c).b from t; create function f(c) returns integer language sql as 'select 1';
-- # composite/attribute-converted-in-typed-tables
-- a
create type c as (a text, b integer); create table t of c (primary key (b)); create table u (id integer, c c); create index i on t (a); create view v as select a from t;
-- b
create type c as (a integer, b bigint); create table t of c (primary key (b)); create table u (id integer, c c); create index i on t (a); create view v as select a from t;
-- # composite/attribute-order-of-typed-tables
-- a
create type c as (a text, b integer); create table t of c (primary key (b)); create index i on t (a);
-- b
create type c as (a text, x integer, b integer); create table t of c (primary key (b)); create index i on t (a);
-- lossy
-- # domain/conditions-within-stored-values
-- a
create domain d as integer constraint k check (value > 0); create domain e as integer; create type w as (d d, e e); create table u (id integer, w w, ds d[]); create function f(d) returns integer language sql as 'select 1';
-- b
create domain d as integer constraint k check (value > 1); create domain e as integer not null; create type w as (d d, e e); create table u (id integer, w w, ds d[]); create function f(d) returns integer language sql as 'select 1';
-- # enum/value-removed-below-a-table
-- a
create type e as enum ('a', 'b', 'c'); create table t (id integer, x e); create table ch (z integer) inherits (t); create index ci on ch (x); create view cv as select x from ch; create table p (id integer, x e) partition by range (id); create table p1 partition of p for values from (1) to (2); create index pi on p (x); create view pv as select x from p1;
-- b
create type e as enum ('a', 'c'); create table t (id integer, x e); create table ch (z integer) inherits (t); create index ci on ch (x); create view cv as select x from ch; create table p (id integer, x e) partition by range (id); create table p1 partition of p for values from (1) to (2); create index pi on p (x); create view pv as select x from p1;
-- # enum/value-removed-from-keys
-- a
create type e as enum ('a', 'b', 'c'); create table t (x e primary key); create table r (x e references t);
-- b
create type e as enum ('a', 'c'); create table t (x e primary key); create table r (x e references t);
-- # enum/value-removed-in-typed-table
-- a
create type e as enum ('a', 'b', 'c'); create type r as range (subtype = integer); create type c as (x e, r r, id integer); create table t of c (primary key (id)); create view v as select x, r from t;
-- b
create type e as enum ('a', 'c'); create type r as range (subtype = bigint); create type c as (x e, r r, id integer); create table t of c (primary key (id)); create view v as select x, r from t;
-- # range/multirange-stored
-- a
create type nr as range (subtype = float8, subtype_diff = float8mi, multirange_type_name = nm); create table t (r nr, m nm); create index i on t using gist (r);
-- b
create type nr as range (subtype = float4, multirange_type_name = nm); create table t (r nr, m nm); create index i on t using gist (r);
-- # key/array-of-numbers
-- a
create table t (x integer[] primary key); create table r (x integer[] references t);
-- b
create table t (x bigint[] primary key); create table r (x bigint[] references t);
