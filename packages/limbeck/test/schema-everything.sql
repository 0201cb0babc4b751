create schema app;
comment on schema app is 'the application';
create type app.mood as enum ('sad', 'ok', 'happy');
comment on type app.mood is 'how it goes';
create domain app.positive as integer not null default 1 constraint positive_check check (value > 0);
create type app.place as (street text, number integer);
create type app.pair as (one integer, other integer);
create sequence app.ticket as integer increment by 5 start with 10 minvalue 10 maxvalue 1000 cache 3 cycle;
create table app.city (
  id integer generated always as identity (start with 100) primary key,
  name varchar(50) not null default 'unnamed',
  mood app.mood default 'ok',
  area numeric(10,2),
  doubled numeric generated always as (area * 2) stored,
  located app.place,
  sorted text collate "C",
  tags text[] default '{}',
  founded timestamptz default now(),
  constraint city_name_key unique (name) deferrable,
  constraint city_area_check check (area > 0),
  constraint city_kind check (name in ('a', 'b'))
) with (fillfactor = 70);
alter table app.city alter column tags set storage external;
comment on table app.city is 'cities';
comment on column app.city.name is 'its name';
create table public.street (
  id serial primary key,
  city_id integer references app.city (id) on delete cascade,
  span int4range,
  constraint street_span exclude using gist (span with &&)
);
alter table public.street add constraint street_late check (id > 0) not valid;
create index street_city on public.street (city_id);
create index street_far on public.street (id) where city_id > 3;
create unique index street_lower on app.city (lower(name) desc);
comment on index street_city is 'by city';
alter table public.street cluster on street_city;
create table app.event (id bigint not null, at timestamptz not null, note text, primary key (id, at)) partition by range (at);
create table app.event_2024 partition of app.event for values from ('2024-01-01') to ('2025-01-01');
create table app.event_rest partition of app.event default;
alter table app.event_2024 alter column note set default 'old';
create index event_note on app.event (note);
create table public.base (a integer not null);
create table public.derived (b integer) inherits (public.base);
create unlogged table public.scratchpad (a integer);
create view app.happy as select id, name from app.city where mood = 'happy';
create view app.happier with (security_barrier = true) as select * from app.happy with local check option;
create materialized view app.totals as select count(*) as n from app.city;
create unique index totals_n on app.totals (n);
create function app.touch() returns trigger language plpgsql as $$ begin return new; end $$;
create function app.add(a integer, b integer default 2) returns integer language sql immutable as $$ select a + b $$;
create procedure app.noop() language sql as $$ select 1 $$;
create trigger city_touch before update of name on app.city for each row when (old.name is distinct from new.name) execute function app.touch();
alter table app.city disable trigger city_touch;
create trigger event_touch before insert on app.event for each row execute function app.touch();
alter table app.city enable row level security, force row level security;
create policy city_read on app.city for select to public using (mood <> 'sad');
create rule street_quiet as on delete to public.street do instead nothing;
create statistics app.city_stats on name, area from app.city;
create aggregate app.total(integer) (sfunc = int4pl, stype = integer);
create collation app.plain from "C";
create cast (app.place as text) with inout;
