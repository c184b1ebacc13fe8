-- Units that begin to work on the platform: when they go live, in which wave; who looks after their computers; passwords given out once.
create table org.rollout (
  unit_id text primary key references org.unit (id),
  wave integer check (wave between 1 and 99),
  -- The day it is meant to go live; null while nobody has said.
  planned_on date,
  -- Citizens are offered the unit from this moment on; null until then.
  live_at timestamptz,
  live_by_name text,
  note text,
  updated_at timestamptz not null,
  updated_by_name text not null,
  check ((live_at is null) = (live_by_name is null))
);

-- Whoever looks after computers and accounts of a unit: full time or beside another office.
create table org.it_contact (
  id uuid primary key default gen_random_uuid(),
  unit_id text not null references org.unit (id),
  full_name text not null check (full_name <> ''),
  phone text not null,
  email text,
  full_time boolean not null,
  officer_id text references org.officer (id),
  added_at timestamptz not null,
  added_by_name text not null,
  ended_at timestamptz
);
create index it_contact_unit on org.it_contact (unit_id) where ended_at is null;

-- Who answers when something breaks, from day to day.
create table org.it_duty (
  id uuid primary key default gen_random_uuid(),
  contact_id uuid not null references org.it_contact (id),
  from_on date not null,
  to_on date not null,
  check (to_on >= from_on and to_on < from_on + 92)
);
create index it_duty_days on org.it_duty (from_on, to_on);

-- A password that an administrator gave out: to be changed before anything else.
alter table identity.credential add column given_out boolean not null default false;
