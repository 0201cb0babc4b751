-- # partition-index/twin
-- a
create table t (a integer, b integer) partition by range (a); create table p partition of t for values from (0) to (10);
-- b
create table t (a integer, b integer) partition by range (a); create table p partition of t for values from (0) to (10);
create index t_a_b_idx on t (a, b); create index p_other on p (a, b);
-- # partition-index/twin-of-new-table
-- b
create table t (a integer, b integer) partition by range (a); create table p partition of t for values from (0) to (10);
create index t_i on t (a, b); create index p_other on p (a, b);
-- # partition-index/incomplete
-- common
create table t (a integer, b integer) partition by range (a); create table p partition of t for values from (0) to (10); create table q partition of t for values from (10) to (20);
-- a
create index t_a_idx on only t (a); create index q_a_idx on q (a);
-- b
create index t_a_idx on only t (a); create index p_a_idx on p (a); create index q_a_idx on q (a); alter index t_a_idx attach partition q_a_idx;
-- # partition-index/complete
-- common
create table t (a integer, b integer) partition by range (a); create table p partition of t for values from (0) to (10); create table q partition of t for values from (10) to (20);
-- a
create index t_a_idx on only t (a); create index p_a_idx on p (a); alter index t_a_idx attach partition p_a_idx;
-- b
create index t_a_idx on t (a);
-- # partition-index/levels
-- common
create table t (a integer) partition by range (a); create table p partition of t for values from (0) to (100) partition by range (a); create table pp partition of p for values from (0) to (10); create table pq partition of p for values from (10) to (20);
-- a
create index t_a_idx on only t (a); create index p_a_idx on only p (a); create index pp_x on pp (a); alter index p_a_idx attach partition pp_x;
-- b
create index t_a_idx on only t (a); create index p_a_idx on only p (a); create index pp_x on pp (a); alter index p_a_idx attach partition pp_x; alter index t_a_idx attach partition p_a_idx; create index on pq (a); 
-- # partition-index/levels-new
-- b
create table t (a integer) partition by range (a); create table p partition of t for values from (0) to (100) partition by range (a); create table pp partition of p for values from (0) to (10); create table pq partition of p for values from (10) to (20);
create index t_a_idx on only t (a); create index p_a_idx on only p (a); create index pp_x on pp (a); create index pq_x on pq (a); alter index p_a_idx attach partition pp_x; alter index p_a_idx attach partition pq_x;
-- # partition-index/key-incomplete
-- common
create table t (a integer not null) partition by range (a); create table p partition of t for values from (0) to (10);
-- b
alter table only t add primary key (a);
-- # partition-index/key-complete
-- common
create table t (a integer not null) partition by range (a); create table p partition of t for values from (0) to (10); create table q partition of t for values from (10) to (20);
-- a
alter table only t add primary key (a); alter table p add primary key (a); alter index t_pkey attach partition p_pkey;
-- b
alter table t add primary key (a);
-- # partition-index/key-with-names
-- a
create table t (a integer not null, b integer) partition by range (a); create table p partition of t for values from (0) to (10);
-- b
create table t (a integer not null, b integer) partition by range (a); create table p partition of t for values from (0) to (10); create table q (a integer not null, b integer);
alter table only t add constraint t_key unique (a, b); alter table p add constraint p_x unique (a, b); alter table q add constraint q_x unique (a, b);
alter index t_key attach partition p_x; alter table t attach partition q for values from (10) to (20);
-- # partition-index/replica-identity
-- b
create table t (a integer not null) partition by list (a); create table p partition of t for values in (1);
alter table only t add primary key (a); alter table only t replica identity using index t_pkey; alter table p add primary key (a); alter index t_pkey attach partition p_pkey;
-- # partition-index/name-of-expression
-- a
create table z (a integer, b text) partition by range (a); create table p partition of z for values from (0) to (10);
-- b
create table z (a integer, b text) partition by range (a); create table p partition of z for values from (0) to (10);
create index z_i on z (lower(b), ("left"(b, 3)), (a + 1), (a::text), coalesce(b, 'x(')); create index z_j on z ((lower(b) || upper(b)));
-- # partition-index/names-of-new-tables
-- b
create table a (a integer not null, b text) partition by range (a); create table p partition of a for values from (0) to (10); create table q partition of a for values from (10) to (20);
create index a_i on only a (b); create index p_x on p (b); create index q_x on q (b); alter index a_i attach partition p_x; alter index a_i attach partition q_x;
alter table only a add primary key (a); alter table p add constraint p_k primary key (a); alter table q add constraint q_k primary key (a); alter index a_pkey attach partition p_k; alter index a_pkey attach partition q_k;
-- # key/clustered-in-new-table
-- b
create table t (a integer primary key, b integer not null constraint t_b unique); alter table t cluster on t_pkey; alter table t replica identity using index t_b;
-- # partition-index/without-overlaps
-- common
create table t (a int4range, b daterange) partition by list (a);
-- b
alter table t add constraint t_uq unique (a, b without overlaps); create table u partition of t for values in ('[1,2)'); create table v partition of t default;
-- # partition-index/without-overlaps-later
-- common
create table t (a int4range, b daterange) partition by list (a); create table u partition of t for values in ('[1,2)');
-- b
alter table t add primary key (a, b without overlaps), add unique (a, b without overlaps);
-- # partition-index/of-a-partition-that-leaves-a-dropped-table
-- a
create table t (a integer, b integer, unique (a, b)) partition by list (a); create table p partition of t for values in (1) partition by list (b); create table pp partition of p for values in (1); create index on t (b);
-- b
create table p (a integer, b integer) partition by list (b); create table pp partition of p for values in (1);
-- # partition-index/key-of-columns-that-the-table-no-longer-requires
-- a
create table t (a integer, b text not null, c text not null) partition by list (b); create table p partition of t for values in ('1'); create unique index p_key on p (b, a);
-- b
create table t (a integer, b text, c text) partition by list (b); create table p partition of t (constraint p_key primary key (b, a)) for values in ('1');
-- # partition-index/alone-while-a-partition-joins
-- a
create table t (a integer, b integer) partition by list (a); create table p (a integer, b integer); create table q partition of t for values in (2);
-- b
create table t (a integer, b integer) partition by list (a); create table p partition of t for values in (1); create table q partition of t for values in (3); create table r partition of t for values in (2); create index i on only t (b); create index r_b on r (b);
-- # partition-index/whole-when-a-partition-is-gone
-- a
create table t (a integer, b integer) partition by list (a); create table p partition of t for values in (1); create table q partition of t for values in (2); create index i on only t (b);
-- b
create table t (a integer, b integer) partition by list (a); create table p partition of t for values in (1); create index i on t (b);
-- # partition-index/key-that-a-partition-could-not-have
-- lossy
-- a
create table t (a integer, b integer, c integer) partition by list (a); create table p partition of t for values in (1) partition by list (b); create table q partition of t (constraint q_own primary key (a, b)) for values in (2);
-- b
create table t (a integer, b integer, c integer, primary key (a), unique (a, c)) partition by list (a); create table p partition of t for values in (1); create table q partition of t for values in (2);
-- # partition-index/key-beside-one-of-its-own
-- a
create table t (a integer, b integer, constraint t_key unique (a, b)) partition by list (a); create table p partition of t (constraint p_own primary key (a, b)) for values in (1);
-- b
create table t (a integer, b integer) partition by list (a); create table p partition of t for values in (1);
-- # partition-index/referred-to-when-a-partition-is-gone
-- a
create table t (a integer primary key) partition by list (a); create table p partition of t for values in (1); create table q partition of t for values in (2);
-- b
create table t (a integer primary key) partition by list (a); create table p partition of t for values in (1); create table f (a integer references t);
