-- Processes under way, their tokens and everybody's worklist.
create schema work;

-- The drawings that processes run by, kept as long as any process needs them.
create table work.definition (
  digest text primary key,
  bpmn text not null
);

-- `places` says for each step whose desk it lies on; `timer_job` is the job of the casework module that hears its timers.
create table work.process (
  id uuid primary key default gen_random_uuid(),
  subject text not null unique,
  definition text not null references work.definition (digest),
  status text not null check (status in ('active', 'ended')),
  root text not null,
  scopes jsonb not null,
  variables jsonb not null,
  next_token integer not null,
  last_end jsonb not null,
  places jsonb not null,
  citizen_id uuid,
  timer_job text not null,
  started_at timestamptz not null,
  ended_at timestamptz
);

create table work.token (
  process_id uuid not null references work.process (id),
  id text not null,
  element text not null,
  scope text not null,
  status text not null,
  rest jsonb not null,
  fires_at timestamptz,
  primary key (process_id, id)
);

-- One piece of work for one desk. `role` is the role that may do it; the applicant's own steps carry role `cong_dan` and a citizen.
create table work.item (
  id uuid primary key default gen_random_uuid(),
  seq bigint generated always as identity,
  process_id uuid not null references work.process (id),
  token text not null,
  subject text not null,
  step text not null,
  name text not null,
  role text not null,
  unit_id text,
  unit_path ltree,
  citizen_id uuid,
  hours numeric not null,
  clock text not null check (clock in ('runs', 'stops')),
  portal_status smallint,
  outcomes jsonb not null,
  does jsonb not null default '[]',
  state text not null check (state in ('open', 'claimed', 'done', 'cancelled')),
  opened_at timestamptz not null,
  due_at timestamptz,
  claimed_by text,
  claimed_at timestamptz,
  done_at timestamptz,
  done_by text,
  done_by_name text,
  outcome text,
  note text
);
create unique index item_token on work.item (process_id, token) where state in ('open', 'claimed');
create index item_desk on work.item (unit_id, role, due_at) where state in ('open', 'claimed');
create index item_person on work.item (claimed_by, due_at) where state = 'claimed';
create index item_citizen on work.item (citizen_id) where state in ('open', 'claimed');
create index item_subject on work.item (subject, seq);
