-- # not-null/not-valid
-- common
create table t (a integer, b text, c text); alter table t add constraint mine not null b not valid;
-- a
alter table t add not null c not valid;
-- b
alter table t add not null a not valid; alter table t validate constraint mine; alter table t alter column c set not null;
-- # not-null/taken-back
-- a
create table t (a integer not null, b text not null, c text); alter table t add constraint sure not null c not valid;
-- b
create table t (a integer, b text, c text constraint sure not null); alter table t add not null a not valid; alter table t add constraint mine not null b no inherit not valid;
-- # not-null/no-inherit
-- a
create table t (a integer not null no inherit, b text constraint mine not null no inherit, c text not null, d text);
-- b
create table t (a integer not null, b text constraint mine not null, c text constraint own not null no inherit, d text not null no inherit);
-- # not-null/new-table
-- a
select 1;
-- b
create table t (a integer not null no inherit, b text constraint mine not null); alter table t add c text; alter table t add constraint later not null c not valid; create table u () inherits (t);
-- # not-null/new-column
-- common
create table t (a integer);
-- b
alter table t add b integer constraint alone not null no inherit; alter table t add c integer; alter table t add not null c not valid;
-- # not-null/children
-- a
create table t (a integer, b text, c text); create table u () inherits (t); create table v (a integer not null) inherits (t);
-- b
create table t (a integer, b text, c text); create table u () inherits (t); create table v (a integer not null) inherits (t); alter table t add not null a not valid; alter table t add not null b no inherit; alter table t add constraint every not null c;
-- # not-null/children-no-inherit
-- a
create table t (a integer not null no inherit, b text not null); create table u () inherits (t);
-- b
create table t (a integer not null, b text); create table u () inherits (t); alter table u alter b set not null;
-- # not-null/partitions
-- a
create table t (a integer, b text) partition by list (a); create table u partition of t for values in (1); create table v partition of t default;
-- b
create table t (a integer, b text) partition by list (a); create table u partition of t for values in (1); create table v partition of t default; alter table t add constraint filled not null b not valid; alter table v validate constraint filled;
-- # not-null/primary-key
-- a
create table t (a integer, b integer); alter table t add not null a not valid; alter table t add primary key (b);
-- b
create table t (a integer primary key, b integer); alter table t add constraint mine not null b not valid;
-- # not-null/retyped
-- a
create table t (a integer, b integer not null);
-- b
create table t (a bigint, b text); alter table t add not null a not valid; alter table t add not null b no inherit;
-- # not-null/inherited-column
-- common
create table t (a integer, b integer, c integer); create table u () inherits (t);
-- b
alter table u add constraint mine not null a; alter table u add constraint later not null b not valid; alter table u alter c set not null;
-- # not-null/partition-column
-- common
create table t (a integer, b integer) partition by list (a); create table u partition of t default;
-- b
alter table u add constraint mine not null b not valid;
-- # not-null/left-to-children
-- common
create table t (a integer constraint mine not null, b integer constraint other not null); create table u () inherits (t); create table v () inherits (u);
-- b
alter table only t drop constraint mine; alter table only t alter b drop not null;
-- # not-null/child-has-it
-- common
create table t (a integer, b integer); create table u (a integer constraint mine not null) inherits (t);
-- b
alter table t add constraint every not null a; alter table t add constraint two not null b;
-- # not-null/parents-made-unsure
-- common
create table t (a integer); create table u () inherits (t); create table v () inherits (u); create table w () inherits (t);
-- a
alter table t add constraint mine not null a;
-- b
alter table t add constraint mine not null a not valid; alter table w validate constraint mine;
