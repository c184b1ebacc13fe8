-- What the province and its units change in the national calendar: days off, days worked, office hours. Rows are never rewritten: a
-- changed one is ended and another takes its place, so that the history is the table itself.
create schema calendars;

create table calendars.entry (
  id uuid primary key default gen_random_uuid(),
  seq bigint generated always as identity,
  -- null: the whole province, bodies outside its command included
  unit_id text,
  unit_path ltree,
  kind text not null check (kind in ('holiday', 'compensatory', 'swap_off', 'swap_work', 'closure', 'sessions', 'hours')),
  from_on date not null,
  to_on date,
  name text not null,
  -- per weekday 1–7 the sessions as pairs of 'HH:MM'
  sessions jsonb,
  basis text not null,
  retroactive boolean not null default false,
  replaces uuid references calendars.entry (id),
  made_at timestamptz not null,
  made_by text,
  made_by_name text not null,
  ended_at timestamptz,
  ended_by text,
  ended_by_name text,
  ended_basis text,
  check ((unit_id is null) = (unit_path is null)),
  check ((kind in ('sessions', 'hours')) = (sessions is not null)),
  check (to_on is not null or kind = 'hours'),
  check (to_on is null or to_on >= from_on),
  -- one word for one day of one unit
  exclude using gist ((coalesce(unit_id, '')) with =, daterange(from_on, to_on, '[]') with &&) where (ended_at is null and kind <> 'hours')
);
create unique index entry_hours_begin on calendars.entry (coalesce(unit_id, ''), from_on) where ended_at is null and kind = 'hours';
create index entry_live on calendars.entry (from_on) where ended_at is null;
create index entry_unit on calendars.entry (unit_id, seq);
