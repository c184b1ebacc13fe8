-- Who signs in and how: citizens by electronic identity, officers by password; sessions and tokens that can be revoked.
create schema identity;

create table identity.citizen (
  id uuid primary key default gen_random_uuid(),
  subject text not null unique,
  personal_id text not null,
  full_name text not null,
  birth_date date,
  level smallint not null check (level in (1, 2)),
  claims jsonb not null,
  created_at timestamptz not null,
  signed_in_at timestamptz not null
);
create index citizen_personal_id on identity.citizen (personal_id);

create table identity.credential (
  officer_id text primary key,
  login text not null unique,
  password_hash text not null,
  failures integer not null default 0,
  locked_until timestamptz,
  changed_at timestamptz not null
);

-- `id` is the SHA-256 of the cookie's secret; the secret itself is kept nowhere.
create table identity.session (
  id text primary key,
  citizen_id uuid references identity.citizen (id),
  officer_id text,
  post_id text,
  created_at timestamptz not null,
  seen_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  user_agent text,
  check ((citizen_id is null) <> (officer_id is null))
);
create index session_citizen on identity.session (citizen_id);
create index session_officer on identity.session (officer_id);

-- Bearer tokens of programs; without a post the token acts in every post that its officer holds.
create table identity.token (
  id text primary key,
  citizen_id uuid references identity.citizen (id),
  officer_id text,
  post_id text,
  label text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  check ((citizen_id is null) <> (officer_id is null))
);
