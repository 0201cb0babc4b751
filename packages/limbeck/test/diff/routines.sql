-- # function/body
-- a
create function f(a integer) returns integer language sql as 'select a';
-- b
create function f(a integer) returns integer language sql as 'select a + 1';
-- # function/return-type
-- a
create function f(a integer) returns integer language sql as 'select a'; create view v as select f(1) as x;
-- b
create function f(a integer) returns bigint language sql as 'select a::bigint'; create view v as select f(1) as x;
-- # function/argument-name
-- a
create function f(a integer) returns integer language sql as 'select $1';
-- b
create function f(b integer) returns integer language sql as 'select $1';
-- # function/argument-default
-- a
create function f(a integer) returns integer language sql as 'select a';
-- b
create function f(a integer default 3 + 4) returns integer language sql as 'select a';
-- # function/argument-default-removed
-- a
create function f(a integer, b text default 'x') returns integer language sql as 'select a';
-- b
create function f(a integer, b text) returns integer language sql as 'select a';
-- # function/attributes
-- a
create function f(a integer) returns setof integer language sql as 'select a';
-- b
create function f(a integer) returns setof integer language sql immutable strict security definer leakproof parallel safe cost 7 rows 50 set search_path to "$user", public set work_mem to '5MB' as 'select a';
-- # function/overload
-- a
create function f(a integer) returns integer language sql as 'select a';
-- b
create function f(a integer) returns integer language sql as 'select a'; create function f(a text, variadic b integer[]) returns text language sql as 'select a';
-- # function/sql-body-standard
-- a
create table t (id integer, a text);
-- b
create table t (id integer, a text); create function f(x integer) returns text language sql begin atomic select a from t where id = x; end; create function g(x integer) returns integer language sql return x + 1;
-- # function/depends-on-table-type
-- a
create table t (id integer);
-- b
create table t (id integer, b text); create table u (id integer); create function f(t) returns setof u language sql as 'select * from u'; create function g(out a integer, out b text) returns record language plpgsql as 'declare x u%rowtype; begin a := 1; b := 2; end'; create function h() returns table (a integer, b text) language sql as 'select 1, ''x''';
-- # function/used-by-default
-- a
create table t (id integer);
-- b
create function f() returns integer language sql as 'select 1'; create table t (id integer default f());
-- # function/signature-used-by-view
-- a
create function f(a integer) returns integer language sql immutable as 'select a'; create table t (a integer, check (f(a) > 0)); create view v as select f(a) as x from t; create index i on t (f(a));
-- b
create function f(a integer) returns bigint language sql immutable as 'select a::bigint'; create table t (a integer, check (f(a) > 0)); create view v as select f(a) as x from t; create index i on t (f(a));
-- # procedure/add
-- a
select 1;
-- b
create procedure p(a integer, inout b text) language plpgsql as 'begin b := a; end';
-- # procedure/body
-- a
create procedure p(a integer) language sql as 'select 1';
-- b
create procedure p(a integer) language sql as 'select 2';
-- # aggregate/add
-- a
select 1;
-- b
create aggregate total(integer) (sfunc = int4pl, stype = integer, initcond = '0', parallel = safe); create aggregate every_one(*) (sfunc = int8inc, stype = bigint, initcond = '0'); comment on aggregate total(integer) is 'sum';
-- # aggregate/change
-- a
create aggregate total(integer) (sfunc = int4pl, stype = integer, initcond = '0'); create view v as select total(1) as t;
-- b
create aggregate total(integer) (sfunc = int4pl, stype = integer, initcond = '1'); create view v as select total(1) as t;
-- # trigger/add
-- common
create function tf() returns trigger language plpgsql as 'begin return new; end'; create table t (a integer, b text);
-- b
create trigger g before insert or update of b, a on t for each row execute function tf();
-- # trigger/when
-- common
create function tf() returns trigger language plpgsql as 'begin return new; end'; create table t (a integer, b text);
-- a
create trigger g before update on t for each row execute function tf();
-- b
create trigger g before update on t for each row when (old.a is distinct from new.a and (new.b <> 'WHEN (x) EXECUTE')) execute function tf();
-- # trigger/enabled
-- common
create function tf() returns trigger language plpgsql as 'begin return new; end'; create table t (a integer, b text); create trigger g before update on t for each row execute function tf();
-- b
alter table t disable trigger g;
-- # trigger/enable-always
-- common
create function tf() returns trigger language plpgsql as 'begin return new; end'; create table t (a integer, b text); create trigger g before update on t for each row execute function tf();
-- b
alter table t enable always trigger g;
-- # trigger/constraint
-- common
create function tf() returns trigger language plpgsql as 'begin return new; end'; create table t (a integer, b text); create table u (a integer);
-- b
create constraint trigger g after insert on t from u deferrable initially deferred for each row execute function tf();
-- # trigger/transition-tables
-- common
create function tf() returns trigger language plpgsql as 'begin return new; end'; create table t (a integer, b text);
-- b
create trigger g after update on t referencing old table as o new table as n for each statement execute function tf();
-- # trigger/arguments
-- common
create function tf() returns trigger language plpgsql as 'begin return new; end'; create table t (a integer, b text);
-- a
create trigger g before update on t for each row execute function tf('x');
-- b
create trigger g before update on t for each row execute function tf('y', '1');
-- # event-trigger/add
-- common
create function ef() returns event_trigger language plpgsql as 'begin end';
-- b
create event trigger e on ddl_command_end when tag in ('CREATE TABLE', 'DROP TABLE') execute function ef(); alter event trigger e disable; comment on event trigger e is 'x';
-- # rule/add
-- common
create table t (a integer, b text); create table log (a integer);
-- b
create rule r as on insert to t do also insert into log values (new.a); create rule q as on delete to t where old.a > 3 do instead nothing;
-- # rule/change
-- common
create table t (a integer, b text); create table log (a integer);
-- a
create rule r as on insert to t do also insert into log values (new.a);
-- b
create rule r as on insert to t do also insert into log values (new.a + 1); alter table t disable rule r;
-- # policy/add
-- common
create table t (a integer, b text); alter table t enable row level security;
-- b
create policy p on t for select to reader, writer using (a > 3); create policy q on t with check (a > 0);
-- # policy/using
-- common
create table t (a integer, b text); alter table t enable row level security;
-- a
create policy p on t using (a > 3);
-- b
create policy p on t using (a > 4) with check (b = 'x');
-- # policy/roles
-- common
create table t (a integer, b text); alter table t enable row level security;
-- a
create policy p on t to reader using (a > 3);
-- b
create policy p on t to public using (a > 3);
-- # policy/restrictive
-- common
create table t (a integer, b text); alter table t enable row level security;
-- a
create policy p on t using (a > 3);
-- b
create policy p on t as restrictive using (a > 3);
-- # policy/command
-- common
create table t (a integer, b text); alter table t enable row level security;
-- a
create policy p on t for select using (a > 3);
-- b
create policy p on t for delete using (a > 3);
-- # aggregate/hypothetical
-- b
create aggregate place(variadic "any" order by variadic "any") (stype = internal, sfunc = ordered_set_transition_multi, finalfunc = rank_final, finalfunc_extra = true, hypothetical);
-- # function/default-for-a-new-view
-- common
create table t (a integer);
-- a
create function f(a integer, b integer) returns integer language sql volatile as 'select 2';
-- b
create function f(a integer, b integer default 3) returns integer language sql immutable as 'select 2';
create view v as select f(1) as one;
create index i on t (f(a));
-- # function/another-argument-with-a-default
-- a
create function f(text) returns integer language sql immutable as 'select 1'; create table t (a integer default f('x'), check (f('y') > 0)); create view v as select f('z'); create view w as select * from v; create policy p on t using (f('q') = 1); grant select on v to reader;
-- b
create function f(text, boolean default true) returns integer language sql immutable as 'select 1'; create table t (a integer default f('x'), check (f('y') > 0)); create view v as select f('z'); create view w as select * from v; create policy p on t using (f('q') = 1); grant select on v to reader;
-- # function/overload-instead-of-a-default
-- a
create function f(text, boolean default true) returns integer language sql immutable as 'select 1'; create view v as select f('x') as a, f('y', false) as b;
-- b
create function f(text, boolean) returns integer language sql immutable as 'select 1'; create function f(text) returns integer language sql immutable as 'select 2'; create view v as select f('x') as a, f('y', false) as b;
