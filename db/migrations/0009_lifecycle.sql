-- The full life of a dossier: reasons as rows, supplements by rounds, apology, extension, financial duty, breaches kept for ever, alerts to leaders, appeals.
alter table dossiers.dossier
  -- the desk's first answer to what now lies before it; handing in again asks anew
  add column answered_at timestamptz,
  add column reception_late_at timestamptz,
  -- why the dossier counts as late for ever, whatever comes after; null while nothing does
  add column breach text check (breach in ('second_supplement', 'apology')),
  add column apologised_at timestamptz,
  add column apology_due_at timestamptz,
  add column extended_at timestamptz,
  -- nothing is granted: as a specialist proposes it, or as a leader has signed it
  add column rejection text check (rejection in ('proposed', 'signed')),
  add column delivery_due_at timestamptz;

-- Reasons as they were given, each tied to a clause: what the papers say, and what is counted by officer.
create table dossiers.reason (
  id bigint generated always as identity primary key,
  dossier_id uuid not null references dossiers.dossier (id),
  act text not null check (act in ('refusal', 'supplement', 'stop', 'unresolved', 'financial', 'apology', 'extension')),
  code text not null,
  text text not null check (text <> ''),
  clause text not null check (clause <> ''),
  detail text,
  -- key of the part or question it is about
  concerns text,
  given_by text,
  given_by_name text not null,
  unit_id text,
  role text,
  at timestamptz not null
);
create index reason_dossier on dossiers.reason (dossier_id, act, id);
create index reason_officer on dossiers.reason (given_by, at);
create index reason_unit on dossiers.reason (unit_id, at);

-- A leader's recorded consent to ask once more in processing; used up by one request.
create table dossiers.permit (
  id uuid primary key default gen_random_uuid(),
  dossier_id uuid not null references dossiers.dossier (id),
  reason text not null check (reason <> ''),
  given_by text not null,
  given_by_name text not null,
  unit_id text not null,
  at timestamptz not null,
  used_at timestamptz
);
create unique index permit_open on dossiers.permit (dossier_id) where used_at is null;

-- Every request for a supplement. One in processing without a permit: a second row like that cannot be written.
create table dossiers.supplement (
  id uuid primary key default gen_random_uuid(),
  dossier_id uuid not null references dossiers.dossier (id),
  before boolean not null,
  permit_id uuid unique references dossiers.permit (id),
  -- why it was asked after the first third of the term
  explanation text,
  asked_at timestamptz not null,
  asked_by text,
  asked_by_name text not null,
  unit_id text,
  answered_at timestamptz,
  revoked_at timestamptz
);
create index supplement_dossier on dossiers.supplement (dossier_id, asked_at);
create unique index supplement_once on dossiers.supplement (dossier_id) where not before and permit_id is null and revoked_at is null;

-- Against the rules, and never forgotten: a dossier finished in time may still count as late.
create table dossiers.breach (
  id bigint generated always as identity primary key,
  dossier_id uuid not null references dossiers.dossier (id),
  cause text not null check (cause in ('second_supplement', 'apology', 'reception_late')),
  note text,
  by_name text not null,
  at timestamptz not null,
  unique (dossier_id, cause)
);

-- What must be paid before the dossier goes on, and by what it was shown to be paid.
create table dossiers.duty (
  id uuid primary key default gen_random_uuid(),
  dossier_id uuid not null references dossiers.dossier (id),
  lines jsonb not null,
  total_vnd bigint not null check (total_vnd >= 0),
  asked_at timestamptz not null,
  asked_by text,
  asked_by_name text not null,
  settled_at timestamptz,
  settled_by_name text,
  -- number, day and file of the document, or the payment order
  proof jsonb
);
create unique index duty_open on dossiers.duty (dossier_id) where settled_at is null;
create index duty_dossier on dossiers.duty (dossier_id, asked_at);

-- What a leader must look at, until it is no longer so.
create table dossiers.alert (
  id uuid primary key default gen_random_uuid(),
  dossier_id uuid not null references dossiers.dossier (id),
  kind text not null check (kind in ('reception_late', 'due_near', 'instructed')),
  unit_id text not null,
  unit_path ltree not null,
  note text,
  raised_at timestamptz not null,
  cleared_at timestamptz
);
create unique index alert_open on dossiers.alert (dossier_id, kind) where cleared_at is null;
create index alert_unit on dossiers.alert using gist (unit_path) where cleared_at is null;

-- What the applicant changes while a supplement waits; nobody else sees it until it is sent.
create table dossiers.pending (
  dossier_id uuid primary key references dossiers.dossier (id),
  form jsonb not null,
  applicant jsonb not null,
  changed_at timestamptz not null
);
alter table dossiers.part
  add column pending boolean not null default false,
  add column removal_pending boolean not null default false;

-- One-tap appeals to the unit above, each with its own clock.
create schema appeals;
create table appeals.appeal (
  id uuid primary key default gen_random_uuid(),
  dossier_id uuid not null,
  dossier_code text not null,
  procedure_code text not null,
  against text not null check (against in ('refusal', 'supplement', 'stop', 'unresolved')),
  -- the paper appealed against: one appeal each
  paper_id uuid not null unique,
  acted_at timestamptz not null,
  acted_by text[] not null,
  from_unit_id text not null,
  unit_id text not null,
  unit_path ltree not null,
  citizen_id uuid not null,
  words text,
  lodged_at timestamptz not null,
  due_at timestamptz not null,
  derivation text not null,
  state text not null check (state in ('open', 'upheld', 'overturned')),
  late_at timestamptz,
  decided_at timestamptz,
  decided_by text,
  decided_by_name text,
  decision jsonb,
  check ((state = 'open') = (decided_at is null))
);
create index appeal_desk on appeals.appeal (unit_id, due_at) where state = 'open';
create index appeal_dossier on appeals.appeal (dossier_id, lodged_at);
