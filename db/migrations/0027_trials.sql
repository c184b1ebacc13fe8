-- A draft tried on the history of its procedure: what was asked, how far it is, what came out, and every case behind every figure.
create schema trials;

create table trials.trial (
  id uuid primary key default gen_random_uuid(),
  draft_id uuid not null,
  code text not null,
  -- the draft as it was when it was tried
  revision integer not null,
  record jsonb not null,
  from_on date not null,
  to_on date not null,
  -- fees by the table of each dossier's own day, or all by that of one day
  fees_as_of date,
  asked_at timestamptz not null,
  asked_by text,
  asked_by_name text not null,
  state text not null default 'waiting' check (state in ('waiting', 'running', 'done', 'failed')),
  total integer not null,
  done integer not null default 0,
  took_ms integer,
  finished_at timestamptz,
  fault text,
  result jsonb,
  check (to_on >= from_on),
  check ((state = 'done') = (result is not null))
);
create index trial_draft on trials.trial (draft_id, asked_at desc);

-- One dossier of the past by the draft's rules. No name and no answer of anybody: whoever opens the dossier comes under its own reading policy.
create table trials.trial_case (
  trial_id uuid not null references trials.trial (id) on delete cascade,
  dossier_id uuid not null,
  code text not null,
  submitted_at timestamptz not null,
  -- the figures that this case is part of
  tags text[] not null,
  data jsonb not null,
  primary key (trial_id, dossier_id)
);
create index trial_case_tags on trials.trial_case using gin (tags);
create index trial_case_order on trials.trial_case (trial_id, submitted_at, code);
