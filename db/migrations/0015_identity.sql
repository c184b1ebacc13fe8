-- Second factors, devices, history and locks of signing in; who has looked at whose dossier, and why.

alter table identity.credential
  add column disabled_at timestamptz,
  add column disabled_why text,
  add column enabled_at timestamptz;

-- `proof`: what was shown at this sign-in. `confirmed_at`: when the person last proved themselves; sensitive acts ask again.
alter table identity.session
  add column ip text,
  add column proof text not null default 'password' check (proof in ('vneid', 'password', 'totp', 'recovery', 'passkey')),
  add column device_id text,
  add column confirmed_at timestamptz;

-- `secret` is sealed (AES-256-GCM) with a key that is not in the database. A step is used once.
create table identity.totp (
  officer_id text primary key,
  secret text not null,
  created_at timestamptz not null,
  confirmed_at timestamptz,
  last_step bigint
);

create table identity.passkey (
  id text primary key,
  officer_id text not null,
  name text not null,
  public_key text not null,
  counter bigint not null,
  transports text[] not null default '{}',
  created_at timestamptz not null,
  used_at timestamptz
);
create index passkey_officer on identity.passkey (officer_id);

create table identity.recovery_code (
  officer_id text not null,
  hash text not null,
  used_at timestamptz,
  primary key (officer_id, hash)
);

create table identity.password_past (
  id bigint generated always as identity primary key,
  officer_id text not null,
  password_hash text not null,
  replaced_at timestamptz not null
);
create index password_past_officer on identity.password_past (officer_id, id desc);

-- A question put to a device or a person, answered once at most: a passkey's challenge, or the second step of a sign-in.
create table identity.challenge (
  id text primary key,
  kind text not null check (kind in ('second_factor', 'passkey_sign_in', 'passkey_enrol', 'passkey_confirm')),
  officer_id text,
  login text,
  challenge text,
  created_at timestamptz not null,
  expires_at timestamptz not null
);
create index challenge_expires on identity.challenge (expires_at);

create table identity.device (
  id text primary key,
  owner text not null,
  user_agent text,
  first_at timestamptz not null,
  last_at timestamptz not null
);
create index device_owner on identity.device (owner);

-- Every try on an account that exists, good or bad. The address is kept masked.
create table identity.sign_in (
  id bigint generated always as identity primary key,
  owner text not null,
  at timestamptz not null,
  outcome text not null check (outcome in ('in', 'wrong_password', 'wrong_factor', 'locked', 'disabled')),
  proof text,
  ip text,
  user_agent text,
  new_device boolean not null default false
);
create index sign_in_owner on identity.sign_in (owner, id desc);

-- Why an officer without work on a dossier opens it; good for half an hour.
create table dossiers.access (
  dossier_id uuid not null references dossiers.dossier (id),
  officer_id text not null,
  post_id text not null,
  reason_code text not null,
  note text,
  given_at timestamptz not null,
  until timestamptz not null,
  primary key (dossier_id, officer_id, post_id)
);

-- Each look at somebody's data by an officer.
create table dossiers.view (
  id bigint generated always as identity primary key,
  dossier_id uuid not null references dossiers.dossier (id),
  at timestamptz not null,
  officer_id text not null,
  officer_name text not null,
  post_id text not null,
  post_title text not null,
  role text not null,
  unit_id text not null,
  unit_path ltree not null,
  what text not null check (what in ('dossier', 'file', 'paper', 'events', 'value', 'search', 'list', 'export')),
  detail text not null default '',
  ground text not null check (ground in ('work', 'filed', 'desk', 'reason', 'list')),
  reason_code text,
  note text,
  request_id text not null
);
create index view_dossier on dossiers.view (dossier_id, id desc);
create index view_unit_at on dossiers.view using gist (unit_path);
create index view_at on dossiers.view (at);

-- When the same post last looked at the same thing: looking again within half an hour is the same look.
create table dossiers.view_mark (
  dossier_id uuid not null references dossiers.dossier (id),
  officer_id text not null,
  post_id text not null,
  what text not null,
  detail text not null,
  since timestamptz not null,
  primary key (dossier_id, officer_id, post_id, what, detail)
);

-- A citizen asks why somebody looked; the head of that unit or those who keep information safe answer.
create table dossiers.view_question (
  id uuid primary key default gen_random_uuid(),
  view_id bigint not null unique references dossiers.view (id),
  dossier_id uuid not null references dossiers.dossier (id),
  citizen_id uuid not null,
  unit_id text not null,
  unit_path ltree not null,
  officer_id text not null,
  asked_at timestamptz not null,
  note text,
  answer text,
  answered_at timestamptz,
  answered_by text,
  answered_name text
);
create index view_question_unit on dossiers.view_question using gist (unit_path);
create index view_question_citizen on dossiers.view_question (citizen_id);
