-- # partition/renamed
-- common
create table p (id integer not null, k text default 'x') partition by list (id);
-- a
create table p_1 partition of p for values in (1); create table p_rest partition of p default;
-- b
create schema other; create table other.p_1 partition of p for values in (1); create table other.p_rest partition of p default;
-- # partition/parent-renamed
-- a
create table p (id integer not null, note text) partition by range (id); create table p_1 partition of p for values from (1) to (2); create table p_2 partition of p default;
-- b
create table q (id integer not null, note text) partition by range (id); create table p_1 partition of q for values from (1) to (2); create table p_2 partition of q default;
-- # partition/own-default-of-remade
-- a
create table p (id integer not null, note text default 'p') partition by list (id); create table p_1 partition of p for values in (1); create table p_2 partition of p for values in (2);
alter table p_1 alter column note drop default; alter table p_2 alter column note set default 'own';
-- b
create table p (id bigint not null, note text default 'p') partition by range (id); create table p_1 partition of p for values from (1) to (2); create table p_2 partition of p for values from (2) to (3);
alter table p_1 alter column note drop default; alter table p_2 alter column note set default 'own'; alter table p_2 alter column note set not null;
-- lossy
-- # partition/no-default-of-new
-- a
select 1;
-- b
create schema more; create table more.p (id integer not null, note text default 'p') partition by list (id); create table more.p_1 partition of more.p for values in (1); alter table more.p_1 alter column note drop default;
-- # partition/parent-default-only
-- common
create table p (id integer not null, note text) partition by list (id); create table p_1 partition of p for values in (1); create table p_2 partition of p for values in (2);
-- a
alter table p_1 alter column note set default 'own';
-- b
alter table p alter column note set default 'p'; alter table p_1 alter column note drop default;
-- # partition/checks-of-detached
-- common
create table p (id integer not null, x integer, constraint whole check (x > 1)) partition by list (id);
-- a
create table p_1 partition of p for values in (1);
-- b
create table p_1 (id integer not null, x integer, constraint whole check (x > 1));
-- # partition/trigger-off-in-one
-- common
create function f() returns trigger language plpgsql as 'begin return new; end';
create table p (id integer not null) partition by list (id); create table p_1 partition of p for values in (1); create trigger tr after insert on p for each row execute function f();
-- a
select 1;
-- b
alter table p_1 disable trigger tr;
-- # inherit/column-of-its-own-too
-- a
create table p (a integer); create table c (b integer) inherits (p);
-- b
create table p (a integer, z integer default 3); create table c (b integer, z integer default 4) inherits (p);
-- # inherit/comment-on-inherited-column
-- a
select 1;
-- b
create table z_parent (ref_key integer not null); create table a_child (x integer) inherits (z_parent); comment on column a_child.ref_key is 'said of the child';
-- # grant/default-privileges-and-made-anew
-- common
alter default privileges grant select on tables to reader;
-- a
create table t (a integer, b text); create view v as select a from t; revoke select on v from reader; grant insert on v to writer; create view w as select a from v;
-- b
create table t (a integer, b text); create view v as select a::bigint as a from t; revoke select on v from reader; grant insert on v to writer; create view w as select a from v;
-- # grant/default-privileges-of-the-next-owner
-- common
alter default privileges grant select on tables to owner1;
-- a
select 1;
-- b
create table t (a integer); alter table t owner to owner1; revoke insert on t from owner1;
-- # range/multirange-elsewhere
-- a
select 1;
-- b
create schema more; create type span as range (subtype = float8, multirange_type_name = more.spans);
-- # column/composite-to-text
-- common
create type place as (street text, number integer);
-- a
create table t (a place, b integer);
-- b
create table t (a text, b integer);
-- # domain/constraint-rename
-- a
create domain d as integer constraint old check (value > 0); create table t (a d);
-- b
create domain d as integer constraint new check (value > 0); create table t (a d);
-- # column/type-with-the-name-of-a-built-in
-- common
create type public.point as (x integer, y integer);
-- a
create table t (a pg_catalog.point, b public.point);
-- b
create table t (a pg_catalog.point, b public.point, c public.point);
-- # order/table-and-column-and-statistics
-- a
create schema app; create table app.city (id integer primary key, name text, constraint u unique (name) deferrable); create table app.street (id integer, city integer references app.city); create statistics app.st on id, name from app.city;
-- b
create schema app; create table app.town (id integer primary key, name text, constraint u unique (name) deferrable); create table app.street (id integer, city integer references app.town); create statistics app.st on id, name from app.town;
-- # index/leaves-its-whole
-- common
create table p (k text) partition by list (k); create table p_a partition of p for values in ('a'); create index i on only p (k); create index i_a on p_a (k);
-- a
select 1;
-- b
alter index i attach partition i_a;
-- # operator/estimators
-- common
create function same(integer, integer) returns boolean language sql as 'select true';
-- a
create operator === (leftarg = integer, rightarg = integer, function = same, restrict = eqsel); create view v as select 1 === 2 as same;
-- b
create operator === (leftarg = integer, rightarg = integer, function = same, join = eqjoinsel); create view v as select 1 === 2 as same;
-- # partition/bounds-and-table-together
-- a
create table p (id integer, k text, x integer, constraint whole check (x > 1)) partition by list (k); create table p_a partition of p for values in ('a');
-- b
create table p (id integer not null, k text, y integer default 3) partition by list (k); create table p_a partition of p for values in ('a', 'c'); create index i on p (id);
-- # partition/key-in-plain-index
-- common
create table visit (town integer not null, day date not null, guests integer) partition by list (town);
create table visit_1 partition of visit for values in (1);
create table visit_2 partition of visit for values in (2);
-- a
create unique index visit_once on visit (town, day);
-- b
create unique index visit_once on only visit (town, day);
create unique index visit_1_key on visit_1 (town, day);
alter table visit_1 add constraint visit_1_key primary key using index visit_1_key;
alter index visit_once attach partition visit_1_key;
alter table visit_2 add constraint visit_2_once unique (town, day);
alter index visit_once attach partition visit_2_once;
-- # partition/key-in-plain-index-of-new
-- a
create table other (a integer);
-- b
create table other (a integer);
create table visit (town integer, day date) partition by list (town);
create table visit_1 partition of visit (unique (town, day)) for values in (1);
create table visit_2 partition of visit for values in (2);
create unique index visit_once on visit (town, day);
-- # partition/index-alone
-- common
create table visit (town integer not null, day date not null) partition by list (town);
create table visit_1 partition of visit for values in (1);
create table visit_2 partition of visit for values in (2);
create unique index first_key on visit_1 (town, day);
-- a
create index by_day on visit (day);
alter table visit add constraint visit_key unique (town, day);
-- b
create index by_day on only visit (day);
create index first_by_day on visit_1 (day);
alter index by_day attach partition first_by_day;
create index second_by_day on visit_2 (day);
alter table only visit add constraint visit_key unique (town, day);
-- # partition/index-options
-- common
create table visit (town integer not null, day date not null) partition by list (town);
create table visit_1 partition of visit for values in (1);
-- a
create index by_day on visit (day);
alter table visit add constraint visit_key unique (town, day) with (fillfactor = 60);
-- b
create index by_day on visit (day) with (fillfactor = 80);
alter table visit add constraint visit_key unique (town, day);
-- # partition/copy-of-new-trigger-off
-- common
create table visit (town integer, day date) partition by list (town);
create table visit_1 partition of visit for values in (1);
create function watched() returns trigger language plpgsql as 'begin return new; end';
-- a
create trigger watch before insert on visit for each row execute function watched();
-- b
create trigger watch after insert on visit for each row when (new.town > 0) execute function watched();
alter table visit_1 disable trigger watch;
-- # partition/types-and-own-defaults
-- common
create table base (n integer);
-- a
create table visit (town integer, guests integer default 1) partition by list (town);
create table visit_1 partition of visit (guests default 5) for values in (1);
-- b
create table visit (town integer, guests bigint default 2) partition by list (town);
create table visit_1 partition of visit (guests default 7) for values in (1);
-- # partition/key-below
-- a
create table visit (country text, town integer, day date) partition by list (country);
create table visit_ch partition of visit for values in ('ch') partition by range (town);
create table visit_ch_1 partition of visit_ch for values from (1) to (9);
-- b
create table visit (country text, day date) partition by list (country);
create table visit_ch partition of visit for values in ('ch');
-- lossy
-- # partition/type-of-key-below
-- a
create table visit (country text, town integer) partition by list (country);
create table visit_ch partition of visit for values in ('ch') partition by range (town);
create table visit_ch_1 partition of visit_ch for values from (1) to (9);
-- b
create table visit (country text, town bigint) partition by list (country);
create table visit_ch partition of visit for values in ('ch') partition by range (town);
create table visit_ch_1 partition of visit_ch for values from (1) to (9);
-- lossy
-- # inheritance/identity-of-parent
-- a
create table p (a integer generated always as identity, b text);
-- b
create table p (a integer generated always as identity, b text); create table c (d text) inherits (p);
-- # partition/identity
-- a
create table t (a integer not null, b integer) partition by range (a); create table p partition of t for values from (0) to (10);
-- b
create table t (a integer not null generated by default as identity (start with 7), b integer) partition by range (a); create table p partition of t for values from (0) to (10); create table q partition of t for values from (10) to (20);
-- # partition/identity-options
-- a
create table t (a integer generated by default as identity, b integer) partition by range (a); create table p partition of t for values from (0) to (10);
-- b
create table t (a integer generated always as identity (increment by 5), b integer) partition by range (a); create table p partition of t for values from (0) to (10);
-- # partition/identity-detach
-- a
create table t (a integer generated by default as identity, b integer) partition by range (a); create table p partition of t for values from (0) to (10);
-- b
create table t (a integer generated by default as identity, b integer) partition by range (a); create table p (a integer not null, b integer);
-- # column/identity-beside-serial
-- a
create table t (a serial);
-- b
create table t (a serial); alter table t alter a drop default, alter a add generated by default as identity;
-- # inheritance/constraint-renamed
-- a
create table p (a integer constraint one check (a > 0)); create table c (a integer constraint one check (a > 0), d integer) inherits (p); create table g () inherits (c);
-- b
create table p (a integer constraint two check (a > 0)); create table c (a integer constraint two check (a > 0), d integer) inherits (p); create table g () inherits (c);
-- # partition/trigger-state-of-new-trigger
-- a
create function f() returns trigger language plpgsql as 'begin return new; end'; create table t (a integer, b integer) partition by list (a); create table p partition of t for values in (1); create trigger tr after insert on t for each row execute function f('x'); alter table p disable trigger tr;
-- b
create function f() returns trigger language plpgsql as 'begin return new; end'; create table t (a integer, b integer) partition by list (a); create table p partition of t for values in (1); create table q partition of t default; create trigger tr after insert or update of b on t for each row when (new.a > 0) execute function f('y'); alter table q enable always trigger tr;
-- # partition/foreign-key-left-and-merged
-- a
create table p (id integer primary key); create table t (a integer references p, b integer) partition by list (a); create table t1 partition of t for values in (1); create table t2 (b integer, a integer constraint mine references p);
-- b
create table p (id integer primary key); create table t (a integer references p, b integer) partition by list (a); create table t1 (a integer, b integer); create table t2 partition of t for values in (2);
-- # partition/foreign-key-kept
-- a
create table p (id integer primary key); create table t (a integer constraint k references p on delete cascade, b integer) partition by list (a); create table t1 partition of t for values in (1);
-- b
create table p (id integer primary key); create table t (a integer constraint k references p on delete cascade, b integer) partition by list (a); create table t1 (a integer constraint k references p on delete cascade, b integer);
-- # partition/dropped-from-a-referenced-table
-- a
create table p (id integer primary key) partition by list (id); create table p1 partition of p for values in (1); create table p2 partition of p for values in (2); create table c (x integer references p);
-- b
create table p (id integer primary key) partition by list (id); create table p1 partition of p for values in (1); create table c (x integer references p);
-- # partition/leaves-a-table-that-refers-to-itself
-- a
create table p (id integer primary key, up integer references p) partition by list (id); create table p1 partition of p for values in (1); create table p2 partition of p for values in (2);
-- b
create table p (id integer primary key, up integer references p) partition by list (id); create table p1 partition of p for values in (1); create table p2 (id integer primary key, up integer);
-- # partition/with-words-of-its-own
-- a
create table t (a integer default 1, b integer not null default 0) partition by list (a);
-- b
create table t (a integer default 1, b integer not null default 0) partition by list (a); create table p partition of t (a not null, b default 1, check (b > 0)) for values in (1);
-- # inheritance/drop-column-in-parent-only
-- a
create table p (a integer, b text); create table c () inherits (p);
-- b
create table p (a integer); create table c (b text) inherits (p);
-- # inheritance/drop-column-in-one-child
-- a
create table p (a integer, b text); create table c (d integer) inherits (p); create table e () inherits (p);
-- b
create table p (a integer); create table c (d integer, b text) inherits (p); create table e () inherits (p);
-- # inheritance/two-levels
-- a
create table p (a integer, b text); create table c () inherits (p); create table g () inherits (c);
-- b
create table p (a integer); create table c (b text) inherits (p); create table g () inherits (c);
-- # inheritance/grandchild-keeps
-- a
create table p (a integer, b text); create table c () inherits (p); create table g () inherits (c);
-- b
create table p (a integer); create table c () inherits (p); create table g (b text default 'x') inherits (c);
-- # inheritance/column-from-two
-- a
create table p (a integer, b text); create table q (b text); create table c () inherits (p, q);
-- b
create table p (a integer); create table q (b text); create table c () inherits (p, q);
-- # inheritance/constraint-in-parent-only
-- a
create table p (a integer constraint k check (a > 0)); create table c () inherits (p);
-- b
create table p (a integer); create table c (constraint k check (a > 0)) inherits (p);
-- # inheritance/not-null-own
-- a
create table p (a integer); create table c (b text) inherits (p);
-- b
create table p (a integer, b text not null); create table c (b text not null default 'x') inherits (p);
-- # inheritance/keeps-with-index
-- a
create table p (a integer, b text); create table c () inherits (p); create index on c (b); create view v as select b from c; create index on p (b);
-- b
create table p (a integer); create table c (b text) inherits (p); create index on c (b); create view v as select b from c;
-- # inheritance/begins-without-the-column
-- a
create table p (a integer not null default 1, constraint pos check (a > 0)); create table c (b integer);
-- b
create table p (a integer not null default 1, constraint pos check (a > 0)); create table c (b integer) inherits (p);
-- # inheritance/begins-with-the-column
-- a
create table p (a integer default 1); create table c (a integer, b integer);
-- b
create table p (a integer default 1); create table c (b integer) inherits (p);
-- # inheritance/leaves-while-a-check-goes
-- a
create table p (a integer, constraint pos check (a > 0)); create table c () inherits (p); create table g () inherits (c);
-- b
create table p (a integer); create table c (a integer); create table g () inherits (c);
-- # inheritance/leaves-with-the-check
-- a
create table p (a integer, constraint pos check (a > 0)); create table c () inherits (p);
-- b
create table p (a integer, constraint pos check (a > 1)); create table c (a integer, constraint pos check (a > 0));
-- # inheritance/leaves-while-a-column-changes
-- a
create table p (a integer, b integer default 4 not null); create table c () inherits (p);
-- b
create table p (a integer, b bigint default 5); create table c (a integer, b integer default 4 not null);
-- # inheritance/key-of-a-partition-gets-another-type
-- a
create table t (a integer, b integer) partition by range (a);
create table m partition of t for values from (0) to (10) partition by list (b);
create table l partition of m for values in (1);
-- b
create table t (a integer, b bigint) partition by range (a);
create table m partition of t for values from (0) to (10) partition by list (b);
create table l partition of m for values in (1);
-- lossy
-- # inheritance/default-of-a-child-uses-the-sequence-of-a-dropped-column
-- a
create table p (id serial, a integer); create table c (id integer, a integer, b integer) inherits (p);
-- b
create table p (a integer); create table q (id serial);
create table c (id integer not null default nextval('q_id_seq'), a integer, b integer);
-- # inheritance/published-without-the-children
-- common
create table p (a integer primary key); create table c () inherits (p);
-- a
create publication pub for table p, c;
-- b
create publication pub for table only p;
-- # inheritance/from-a-parent-to-a-new-one
-- a
create table p (id integer, a integer); create table c (b integer) inherits (p); create table d (id integer, a integer, b integer, e integer) inherits (p);
-- b
create table p (e integer); create table q (id integer, a integer); create table c (b integer) inherits (q); create table d (id integer, a integer, b integer, e integer);
-- # inheritance/disabled-triggers-of-partitions-that-move
-- common
create function tf() returns trigger language plpgsql as 'begin return new; end';
-- a
create table p (a integer, b integer) partition by list (a); create table p1 partition of p for values in (1); create table p2 partition of p for values in (2) partition by list (b); create table p21 partition of p2 for values in (1);
create trigger t1 after insert on p for each row execute function tf(); create trigger t2 after insert on p for each row execute function tf(); alter table p1 disable trigger t2; alter table p21 disable trigger t1, disable trigger t2;
-- b
create table p (a integer, b integer) partition by list (a); create table p1 partition of p for values in (1, 3); create table p2 partition of p for values in (2, 4) partition by list (b); create table p21 partition of p2 for values in (1);
create trigger t1 after insert or update on p for each row execute function tf(); create trigger t2 after insert on p for each row execute function tf(); alter table p1 enable always trigger t1; alter table p21 disable trigger t1, disable trigger t2;
-- # inheritance/copies-of-a-trigger-in-other-states
-- common
create function tf() returns trigger language plpgsql as 'begin return new; end'; create table p (a integer) partition by list (a); create table p1 partition of p for values in (1); create trigger tg after insert on p for each row execute function tf();
-- b
alter table only p enable always trigger tg;
-- # partition/joins-with-a-key-of-its-own-name
-- common
create table k (id integer primary key); create table p (a integer references k, b integer) partition by range (a); create table p1 (a integer references k, b integer) partition by list (b); create table p11 (a integer references k, b integer);
-- a
alter table p1 attach partition p11 for values in (1);
-- b
alter table p1 attach partition p11 for values in (1); alter table p attach partition p1 for values from (1) to (10);
-- # partition/leaves-with-a-renamed-key
-- common
create table k (id integer primary key); create table p (a integer references k, b integer) partition by range (a); create table p1 partition of p for values from (1) to (10); alter table p1 rename constraint p_a_fkey to other;
-- a
select 1;
-- b
alter table p detach partition p1;
-- # partition/moves-below-another
-- a
create table p (a integer, b integer, c text) partition by range (a); create table p1 partition of p for values from (1) to (10) partition by list (b); create table p11 partition of p1 for values in (1); create table p2 partition of p for values from (10) to (20) partition by list (b); create index i on p (b);
-- b
create table p (a integer, b integer, d date not null, constraint k check (b > 0)) partition by range (a); create table p1 partition of p for values from (1) to (10) partition by list (b); create table p2 partition of p for values from (10) to (20) partition by list (b); create table p11 partition of p2 for values in (1); create index j on p (d); create index i on p (b);
-- # partition/other-bounds-three-deep
-- a
create table p (a integer, b integer, c text) partition by range (a); create table p1 partition of p for values from (1) to (10) partition by list (b); create table p11 partition of p1 for values in (1); create index i on p (b);
-- b
create table p (a integer, b integer, d date not null, constraint k check (b > 0)) partition by range (a); create table p1 partition of p for values from (1) to (10) partition by list (b); create table p11 partition of p1 for values in (1, 3); create index j on p (d); create index i on p (b);
-- # order-of-parents
-- common
create table p (a integer); create table q (b integer); create table r (d integer); create table s (e integer);
-- a
create table c (a integer, b integer, d integer, e integer) inherits (p, q, r);
-- b
create table c (a integer, b integer, d integer, e integer) inherits (s, q, p);
-- # inheritance/child-says-generated-column-itself
-- common
create table p (a integer, b integer generated always as (a * 2) stored);
-- b
create table c (a integer, b integer) inherits (p);
-- # partition/with-another-access-method
-- a
create access method other type table handler heap_tableam_handler; create table p (a integer) partition by list (a) using other;
-- b
create access method other type table handler heap_tableam_handler; create table p (a integer) partition by list (a) using other; create table p1 partition of p for values in (1) using heap; create table p2 partition of p for values in (2);
-- # inheritance/grandchild-has-its-own-way
-- a
create table p (a text default 'x', z integer not null); create table c () inherits (p); create table g () inherits (c);
-- b
create table p (a text default 'y', z integer); create table c () inherits (p); create table g () inherits (c); alter table g alter a set default 'g', alter z set not null;
-- # partition/leaves-while-the-index-goes
-- a
create table p (a integer not null, b text) partition by list (a); create table x (a integer not null, b text); create index x_own on x (b); alter table p attach partition x for values in (1); create table y partition of p for values in (2); create index i on p (b); alter table p add primary key (a);
-- b
create table p (a integer not null, b text) partition by list (a); create table x (a integer not null, b text); create index x_own on x (b); create table y (a integer not null, b text);
-- # partition/of-tables-that-refer-to-one-another
-- a
create table t (a integer, b integer, unique (a, b)) partition by list (a); create table t1 partition of t for values in (1);
create table u (a integer, b integer, unique (a, b)) partition by list (a); create table u1 partition of u for values in (1);
alter table u add constraint u_fk foreign key (a, b) references t (a, b); alter table t add constraint t_fk foreign key (a, b) references u (a, b);
-- b
create table v (a integer, b integer, unique (a, b)) partition by list (a); create table t1 partition of v for values in (1);
create table w (a integer, b integer, unique (a, b)) partition by list (a); create table u1 partition of w for values in (1);
alter table w add constraint u_fk foreign key (a, b) references v (a, b); alter table v add constraint t_fk foreign key (a, b) references w (a, b);
-- # partition/leaves-tables-that-refer-to-one-another-and-are-no-longer-partitioned
-- lossy
-- a
create table t (a integer, b integer, unique (a, b)) partition by list (a); create table t1 partition of t for values in (1);
create table u (a integer, b integer, unique (a, b)) partition by list (a); create table u1 partition of u for values in (1);
alter table u add constraint u_fk foreign key (a, b) references t (a, b); alter table t add constraint t_fk foreign key (a, b) references u (a, b);
-- b
create table t (a integer, b integer, unique (a, b)); create table t1 (a integer, b integer);
create table u (a integer, b integer, unique (a, b)); create table u1 (a integer, b integer);
alter table u add constraint u_fk foreign key (a, b) references t (a, b); alter table t add constraint t_fk foreign key (a, b) references u (a, b);
-- # partition/own-default-and-comment-of-new-while-the-table-changes
-- lossy
-- a
create table p (a integer, b bigint) partition by list (a); create table p1 partition of p for values in (1) partition by list (b);
-- b
create table p (a integer, b integer default 2) partition by list (a); create table p1 partition of p (b default 7) for values in (1) partition by list (b); create table p2 partition of p (b default 8) for values in (2); comment on column p1.b is 'said';
