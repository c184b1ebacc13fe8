-- Where units have their seat, and how sure that is; people who live there, where known. One row a unit, also of units that ended.
create table org.seat (
  unit_id text primary key references org.unit (id),
  latitude numeric(8, 5) not null check (latitude between -90 and 90),
  longitude numeric(8, 5) not null check (longitude between -180 and 180),
  address text,
  -- Where the position was taken from, in words for people.
  source text not null,
  -- measured: from a survey or official record; memory: known in general, not checked; generated: an illustration made by a rule.
  sure text not null check (sure in ('measured', 'memory', 'generated')),
  people integer check (people > 0),
  people_source text,
  updated_at timestamptz not null,
  updated_by text,
  updated_by_name text not null,
  check ((people is null) = (people_source is null))
);

-- What a plan would do, as it was last worked out: kept so that its pages open at once; never decided on without being worked out anew.
create table reorg.look (
  plan_id uuid primary key references reorg.plan (id),
  revision integer not null,
  at timestamptz not null,
  report jsonb not null
);
