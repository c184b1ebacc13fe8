-- The catalogue at scale: procedures known by name only, how people ask for them, what is asked for most, where the province means to get and by when.
create schema catalogue;

-- An entry of the national catalogue. What is published here too has its record in procedures; the entry then says only what the nation says of it.
create table catalogue.entry (
  code text primary key check (code ~ '^[0-9]\.[0-9]{6}$'),
  name text not null check (name <> ''),
  field text not null,
  ministry text not null,
  levels text[] not null,
  targets text[] not null,
  decision text,
  kind text,
  -- Where it was taken from, in words, and on which day.
  source text not null,
  first_seen timestamptz not null,
  changed_at timestamptz not null,
  -- No longer in the last whole import.
  gone_at timestamptz
);

-- What an import changed in an entry: read by those who keep the records.
create table catalogue.change (
  id bigint generated always as identity primary key,
  code text not null,
  kind text not null check (kind in ('moi', 'doi', 'het')),
  was jsonb,
  became jsonb,
  at timestamptz not null,
  seen_at timestamptz,
  seen_by text,
  check ((seen_at is null) = (seen_by is null))
);
create index on catalogue.change (code) where seen_at is null;

-- Every list that was taken in, from a file or from the national database: what it changed, or why it did not. One that is being fetched keeps its pages,
-- one that would end many entries waits for a yes; the rows go when it has ended.
create table catalogue.intake (
  id uuid primary key default gen_random_uuid(),
  how text not null check (how in ('tep', 'dong_bo')),
  state text not null check (state in ('dang_lay', 'cho', 'xong', 'bo', 'hong')),
  source text not null,
  whole boolean not null,
  -- The national database's own mark of what it gave: after which change, up to which.
  since text not null default '',
  revision text,
  pages_done integer not null default 0 check (pages_done >= 0),
  rows jsonb not null default '[]',
  ended jsonb not null default '[]',
  added integer,
  changed integer,
  gone integer,
  same integer,
  why text,
  begun_at timestamptz not null,
  ended_at timestamptz,
  by_name text not null,
  decided_by_name text,
  check ((state in ('xong', 'bo', 'hong')) = (ended_at is not null))
);
create unique index on catalogue.intake (how) where state = 'dang_lay';
create index on catalogue.intake (begun_at desc);

-- An everyday way of saying something that officials added to the book of the pack.
create table catalogue.saying (
  id uuid primary key default gen_random_uuid(),
  say text[] not null check (cardinality(say) > 0),
  mean text not null check (mean <> ''),
  added_at timestamptz not null,
  added_by text,
  added_by_name text not null,
  dropped_at timestamptz,
  dropped_by_name text,
  check ((dropped_at is null) = (dropped_by_name is null))
);

-- How often something was asked for on a day, and what was answered first. Holds no person: digits are masked, and what is rare is not shown and soon forgotten.
create table catalogue.search (
  day date not null,
  said text not null,
  first text not null default '',
  asked integer not null check (asked > 0),
  primary key (day, said, first)
);

-- Procedures of basic, essential services: to be done before others.
create table catalogue.essential (
  code text primary key,
  basis text not null,
  marked_at timestamptz not null,
  marked_by_name text not null
);

-- A plan of a year: which procedures shall be offered how far, until when, by decision.
create table catalogue.roadmap (
  id uuid primary key default gen_random_uuid(),
  year integer not null check (year between 2000 and 2100),
  name text not null,
  state text not null check (state in ('du_thao', 'da_phe_duyet')),
  decision text,
  decided_on date,
  made_at timestamptz not null,
  made_by text,
  made_by_name text not null,
  approved_at timestamptz,
  approved_by text,
  approved_by_name text,
  check ((state = 'da_phe_duyet') = (approved_at is not null and decision is not null and decided_on is not null))
);

-- A line of a plan: one procedure to a level by a quarter, or a number of procedures of an agency.
create table catalogue.target (
  id uuid primary key default gen_random_uuid(),
  roadmap_id uuid not null references catalogue.roadmap (id) on delete cascade,
  code text,
  agency text,
  wanted integer not null default 1 check (wanted > 0),
  level text not null,
  quarter integer not null check (quarter between 1 and 4),
  check ((code is null) <> (agency is null)),
  unique nulls not distinct (roadmap_id, code, agency, level, quarter)
);
