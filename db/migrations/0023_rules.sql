-- The pack this data was founded with, and how far its clock stands from the machine's (a demo of another time).

create table core.instance (
  one boolean primary key default true check (one),
  pack text not null,
  founded_at timestamptz not null,
  -- milliseconds to be added to the machine's clock; 0 in every real province
  clock_shift_ms bigint not null default 0
);

-- When the machine's clock will show what the platform's clock calls `at`: the queue wakes by the machine's.
create function core.machine_time(at timestamptz) returns timestamptz language sql stable as $$
  select at - coalesce((select clock_shift_ms from core.instance), 0) * interval '1 millisecond'
$$;

-- Until 30/6/2025 districts decided too.
alter table procedures.competence drop constraint competence_level_check;
alter table procedures.competence add constraint competence_level_check check (level in ('tinh', 'huyen', 'xa'));

-- Changes of rules that officials plan and confirm: laid over the rows of the pack (packs/vn/rules.json). Rows are never rewritten in what they say;
-- only their state goes on.
create schema rules;

create table rules.change (
  id uuid primary key default gen_random_uuid(),
  seq bigint generated always as identity,
  -- key of a rule of the register; procedure:CODE:term[:CHANNEL]; procedure:CODE:fee:FEE; document:NUMBER
  rule text not null,
  kind text not null check (kind in ('register', 'term', 'fee', 'document')),
  value jsonb not null,
  -- what it was when the plan was made
  was jsonb not null,
  document text not null,
  clause text not null,
  valid_from date not null,
  transition text not null check (transition in ('filed_after', 'all_open')),
  transition_clause text,
  note text,
  back_dated boolean not null,
  state text not null check (state in ('planned', 'confirmed', 'halted', 'applied', 'withdrawn')),
  planned_at timestamptz not null,
  planned_by text not null,
  planned_by_name text not null,
  confirmed_at timestamptz,
  confirmed_by text,
  confirmed_by_name text,
  applied_at timestamptz,
  withdrawn_at timestamptz,
  withdrawn_by_name text,
  withdrawn_why text,
  -- its day has come and it cannot be applied: since when, and the sentence why
  halted_at timestamptz,
  halted_why text,
  -- the fact by which running deadlines were counted anew
  event bigint,
  check (confirmed_by is null or confirmed_by <> planned_by),
  check (transition = 'filed_after' or transition_clause is not null),
  check ((state = 'applied') = (applied_at is not null)),
  check (state <> 'halted' or halted_why is not null)
);
-- one plan for one rule and day
create unique index change_once on rules.change (rule, valid_from) where state <> 'withdrawn';

-- Counts what has been confirmed or withdrawn: processes with an older number read again.
create table rules.stamp (
  one boolean primary key default true check (one),
  revision bigint not null
);
insert into rules.stamp (revision) values (1);

-- What a back-dated change means for dossiers that were over by then; nothing of them is rewritten, an official decides each.
create table dossiers.rule_finding (
  id uuid primary key default gen_random_uuid(),
  change_id uuid not null,
  dossier_id uuid not null references dossiers.dossier (id),
  what text not null check (what in ('reception', 'legal', 'delivery', 'fee')),
  -- instants as ISO text, money as whole đồng
  before text not null,
  after text not null,
  amount_vnd bigint,
  -- the verdict on time or late, as it is and as it would be
  was_late boolean,
  would_be_late boolean,
  proposal text not null,
  state text not null default 'open' check (state in ('open', 'settled', 'left')),
  found_at timestamptz not null,
  settled_at timestamptz,
  settled_by_name text,
  settled_note text,
  unique (change_id, dossier_id, what)
);
create index rule_finding_open on dossiers.rule_finding (change_id, state);

-- What a change of a rule did to an open dossier: one row a change, dossier and clock, so that a second run finds it and does nothing.
create table dossiers.rule_correction (
  change_id uuid not null,
  dossier_id uuid not null references dossiers.dossier (id),
  what text not null check (what in ('reception', 'legal', 'delivery', 'fee')),
  before text not null,
  after text not null,
  -- moved: corrected; kept: the citizen would have been worse off, so what was promised stays; awaits: not accepted yet, its acceptance reckons by the new term
  how text not null check (how in ('moved', 'kept', 'awaits', 'same')),
  made_at timestamptz not null,
  primary key (change_id, dossier_id, what)
);

-- The same for an open appeal: one row a change, so that a second run finds it.
create table appeals.due_correction (
  change_id uuid not null,
  appeal_id uuid not null references appeals.appeal (id),
  before timestamptz not null,
  after timestamptz not null,
  how text not null check (how in ('moved', 'kept', 'same')),
  made_at timestamptz not null,
  primary key (change_id, appeal_id)
);
