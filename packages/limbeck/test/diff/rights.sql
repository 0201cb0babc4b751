-- # grant/table
-- common
create table t (a integer, b text);
-- b
grant select, insert on t to reader; grant all on t to writer;
-- # grant/column
-- common
create table t (a integer, b text);
-- b
grant select (a), update (a, b) on t to reader;
-- # grant/grant-option
-- common
create table t (a integer, b text);
-- a
grant select on t to reader; grant insert on t to writer with grant option;
-- b
grant select on t to reader with grant option; grant insert on t to writer;
-- # grant/revoke
-- common
create table t (a integer, b text);
-- a
grant select, insert, delete on t to reader;
-- b
grant select on t to reader; revoke truncate on t from postgres;
-- # grant/sequence
-- common
create sequence s;
-- b
grant usage, select on sequence s to reader;
-- # grant/function
-- common
create function f(a integer, b numeric) returns integer language sql as 'select 1'; create procedure p() language sql as 'select 1';
-- b
revoke execute on function f(integer, numeric) from public; grant execute on function f(integer, numeric) to reader; grant execute on procedure p() to writer;
-- # grant/schema
-- common
create schema x;
-- b
grant usage on schema x to reader; grant create, usage on schema x to writer;
-- # grant/type
-- common
create type e as enum ('a'); create domain d as integer;
-- b
revoke usage on type e from public; grant usage on type e to reader; grant usage on domain d to writer;
-- # grant/public
-- common
create table t (a integer, b text);
-- b
grant select on t to public; revoke create on schema public from public; grant create on schema public to public;
-- # grant/by-another
-- common
create table t (a integer, b text);
-- a
grant select, insert on t to writer with grant option; set role writer; grant select on t to reader; reset role;
-- b
grant select, insert on t to writer with grant option; set role writer; grant insert on t to reader with grant option; grant select (a) on t to owner1; set role reader; grant insert on t to public; reset role; grant insert on t to reader;
-- # grant/by-another-without-the-option
-- common
create table t (a integer, b text); create schema x; create sequence s; create function f() returns integer language sql as 'select 1'; create view v as select 1 as a;
-- a
grant select on t, v to writer with grant option; grant usage on schema x to writer with grant option; grant usage on sequence s to writer with grant option; grant execute on function f() to writer with grant option; set role writer; grant select on t, v to reader; grant usage on schema x to reader; grant usage on sequence s to reader; grant execute on function f() to reader with grant option; set role reader; grant execute on function f() to owner1;
-- b
grant insert on t to writer with grant option; set role writer; grant insert on t to reader; 
-- # grant/by-another-to-the-owner
-- a
create table t (a integer, b text); grant select on t to owner1 with grant option; set role owner1; grant select on t to reader; grant select (a) on t to writer;
-- b
create table t (a integer, b text); alter table t owner to owner1; grant select on t to reader; grant insert on t to owner2 with grant option; set role owner2; grant insert on t to reader;
-- # grant/by-another-of-new-objects
-- a
select 1;
-- b
create schema x; create table x.t (a integer, b text); grant select (a) on x.t to writer with grant option; grant usage on schema x to writer; set role writer; grant select (a) on x.t to reader;
-- # grant/new-objects
-- a
select 1;
-- b
create table t (id serial, a text); grant select on t to reader; grant usage on sequence t_id_seq to writer; create function f() returns integer language sql as 'select 1'; revoke all on function f() from public; create schema x; grant usage on schema x to reader; create view v as select 1 as a; grant select (a) on v to reader; create aggregate total(integer) (sfunc = int4pl, stype = integer); grant execute on function total(integer) to reader;
-- # default-privileges
-- a
create schema x;
-- b
create schema x; alter default privileges in schema x grant select on tables to reader; alter default privileges revoke execute on functions from public; alter default privileges for role owner1 grant usage on sequences to writer with grant option; create table x.t (a integer); 
-- # default-privileges/new-objects
-- a
create schema x; alter default privileges in schema x grant select on tables to reader; alter default privileges revoke execute on functions from public; alter default privileges grant usage on schemas to reader;
-- b
create table before (a integer); create schema x; create function bare() returns integer language sql as 'select 1'; alter default privileges in schema x grant select on tables to reader; create table x.before (a integer); revoke select on x.before from reader; create table x.t (a integer); alter default privileges revoke execute on functions from public;  alter default privileges grant usage on schemas to reader; create function f() returns integer language sql as 'select 1'; create schema y;
-- # default-privileges/kept-objects
-- common
alter default privileges grant all on tables to reader, writer; create table kept (a integer); create view v as select a from kept;
-- b
revoke all on kept from reader; revoke select on v from writer;
-- # comment/table
-- common
create table t (a integer, b text);
-- a
comment on table t is 'one';
-- b
comment on table t is 'two''s';
-- # comment/column
-- common
create table t (a integer, b text);
-- b
comment on column t.b is 'x';
-- # comment/index
-- common
create table t (a integer primary key, b text); create index i on t (b);
-- b
comment on index i is 'x'; comment on index t_pkey is 'y';
-- # comment/constraint
-- common
create table t (a integer primary key, b text, constraint c check (a > 0)); create domain d as integer constraint dc check (value > 0);
-- b
comment on constraint c on t is 'x'; comment on constraint t_pkey on t is 'y'; comment on constraint dc on domain d is 'z';
-- # comment/view
-- common
create view v as select 1 as a; create materialized view m as select 1 as a;
-- b
comment on view v is 'x'; comment on column v.a is 'y'; comment on materialized view m is 'x'; comment on column m.a is 'y';
-- # comment/function
-- common
create function f(a integer) returns integer language sql as 'select 1'; create procedure p() language sql as 'select 1';
-- b
comment on function f(integer) is 'x'; comment on procedure p() is 'y';
-- # comment/type
-- common
create type e as enum ('a'); create type c as (a integer); create type r as range (subtype = integer);
-- b
comment on type e is 'x'; comment on type c is 'y'; comment on column c.a is 'z'; comment on type r is 'w';
-- # comment/schema
-- common
create schema x;
-- b
comment on schema x is 'y'; comment on schema public is 'mine';
-- # comment/sequence
-- common
create sequence s; create table t (a integer generated always as identity);
-- b
comment on sequence s is 'x'; comment on sequence t_a_seq is 'y'; grant usage on sequence t_a_seq to reader;
-- # comment/trigger
-- common
create function tf() returns trigger language plpgsql as 'begin return new; end'; create table t (a integer, b text); create trigger g before update on t for each row execute function tf(); create rule r as on delete to t do instead nothing;
-- b
comment on trigger g on t is 'x'; comment on rule r on t is 'y';
-- # comment/policy
-- common
create table t (a integer); create policy p on t;
-- b
comment on policy p on t is 'x';
-- # comment/domain
-- common
create domain d as integer;
-- b
comment on domain d is 'x';
-- # comment/extension
-- common
create extension hstore; create extension pg_trgm; create extension citext;
-- a
comment on extension hstore is null; comment on extension pg_trgm is 'mine';
-- b
comment on extension hstore is 'mine'; comment on extension citext is null;
-- # grant/taken-from-a-view-that-is-made-anew
-- common
create table t (a integer, b integer);
-- a
create view v as select a, b from t; alter view v owner to owner1; grant select on v to reader;
-- b
create view v as select b from t; alter view v owner to owner1;
-- # rights/serial-on-a-table-of-another-owner
-- a
create table t (a integer); alter table t owner to owner1;
-- b
create table t (a integer, id bigserial); alter table t owner to owner1;
-- # rights/serial-while-the-table-changes-hands
-- a
create table t (a integer); alter table t owner to owner1;
-- b
create table t (a integer, id serial); alter table t owner to owner2;
-- # rights/sequence-leaves-the-column-and-its-owner
-- a
create table t (id serial); alter table t owner to owner1;
-- b
create table t (id integer not null); alter table t owner to owner1; create sequence t_id_seq as integer;
-- # rights/sequence-goes-from-owner-to-owner
-- common
create table t (a integer); create table u (a integer); create sequence s;
alter table t owner to owner1; alter table u owner to owner2;
-- a
alter sequence s owner to owner1; alter sequence s owned by t.a;
-- b
alter sequence s owner to owner2; alter sequence s owned by u.a;
-- # rights/sequence-of-a-new-table-was-there
-- common
create sequence s; alter sequence s owner to owner1;
-- b
create table t (a integer); alter table t owner to owner1; alter sequence s owned by t.a;
-- # rights/columns-outlive-those-on-the-table
-- common
create table t (a integer, b integer); create view v as select a from t;
grant select (a), insert (b) on t to reader with grant option; grant select (b) on t to writer; grant select (a) on v to reader;
-- a
grant select, update on t to reader with grant option; grant select on t to writer; grant select on v to reader;
-- b
grant update on t to reader;
-- # rights/policy-that-is-a-query
-- common
create table u (who text, ok boolean); create table t (a integer);
-- a
create policy p on t using ((select ok from u where who = current_user));
-- b
create policy p on t using ((select ok from u limit 1)) with check ((with x as (select 1 as n) select n > 0 from x)); create policy q on t for select using ((values (true)));
-- # rights/sequence-of-an-identity-becomes-one-of-its-own
-- a
create table t (id integer generated always as identity); grant usage on sequence t_id_seq to reader; comment on sequence t_id_seq is 's';
-- b
create table t (id serial); grant usage on sequence t_id_seq to reader; comment on sequence t_id_seq is 's';
