-- One request of one applicant, from draft to returned result.
create schema dossiers;

create table dossiers.dossier (
  id uuid primary key default gen_random_uuid(),
  code text unique,
  procedure_code text not null,
  procedure_name text not null,
  version_id uuid not null,
  state text not null,
  channel text not null check (channel in ('truc_tuyen', 'truc_tiep', 'bcci')),
  citizen_id uuid,
  filed_by text,
  applicant jsonb not null,
  applicant_name text not null,
  search text not null,
  form jsonb not null,
  revision integer not null default 0,
  received_unit_id text not null,
  received_unit_path ltree not null,
  decided_unit_id text,
  decided_unit_path ltree,
  client_key text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  submitted_at timestamptz,
  reception_due_at timestamptz,
  accepted_at timestamptz,
  receipt_no text,
  due_at timestamptz,
  first_due_at timestamptz,
  derivation text,
  paused_at timestamptz,
  pause_reason text,
  supplements smallint not null default 0,
  signed_at timestamptz,
  signed_by text,
  result_no text,
  finished_at timestamptz,
  returned_at timestamptz,
  closed_at timestamptz
);
create unique index dossier_client_key on dossiers.dossier (coalesce(citizen_id::text, filed_by), client_key) where client_key is not null;
create index dossier_citizen on dossiers.dossier (citizen_id, created_at desc);
create index dossier_received on dossiers.dossier (received_unit_id, submitted_at desc) where submitted_at is not null;
create index dossier_decided on dossiers.dossier (decided_unit_id, submitted_at desc) where submitted_at is not null;
create index dossier_search on dossiers.dossier using gin (search gin_trgm_ops);
create index dossier_recent on dossiers.dossier (submitted_at desc, id) where submitted_at is not null;

create table dossiers.part (
  id uuid primary key default gen_random_uuid(),
  dossier_id uuid not null references dossiers.dossier (id),
  part text not null,
  source text not null check (source in ('file', 'paper')),
  file_id uuid,
  added_at timestamptz not null,
  added_by text not null,
  removed_at timestamptz,
  check ((source = 'file') = (file_id is not null))
);
create index part_dossier on dossiers.part (dossier_id);

-- The units that have had this dossier on a desk: the ground of who may read it.
create table dossiers.party (
  dossier_id uuid not null references dossiers.dossier (id),
  unit_id text not null,
  unit_path ltree not null,
  since timestamptz not null,
  primary key (dossier_id, unit_id)
);
create index party_unit on dossiers.party (unit_id);
create index party_path on dossiers.party using gist (unit_path);

-- Every stretch in which the legal clock stood still, with its reason.
create table dossiers.pause (
  id uuid primary key default gen_random_uuid(),
  dossier_id uuid not null references dossiers.dossier (id),
  from_at timestamptz not null,
  to_at timestamptz,
  reason text not null
);
create index pause_dossier on dossiers.pause (dossier_id);

-- Every due date this dossier ever had, with how it was reckoned.
create table dossiers.deadline (
  id bigint generated always as identity primary key,
  dossier_id uuid not null references dossiers.dossier (id),
  due_at timestamptz not null,
  derivation text not null,
  cause text not null,
  set_at timestamptz not null
);
create index deadline_dossier on dossiers.deadline (dossier_id);

-- Papers of the procedure itself: notices with reasons, receipts, results.
create table dossiers.paper (
  id uuid primary key default gen_random_uuid(),
  dossier_id uuid not null references dossiers.dossier (id),
  kind text not null check (kind in ('receipt', 'supplement_request', 'refusal', 'unresolved_notice', 'withdrawal', 'result', 'control_slip')),
  number text,
  data jsonb not null,
  file_id uuid,
  created_at timestamptz not null,
  created_by text not null
);
create index paper_dossier on dossiers.paper (dossier_id);

create table dossiers.fee (
  dossier_id uuid not null references dossiers.dossier (id),
  code text not null,
  name text not null,
  amount_vnd bigint not null check (amount_vnd >= 0),
  collect_at text not null,
  note text,
  primary key (dossier_id, code)
);
