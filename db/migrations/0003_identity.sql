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
  signed_in_at timestamptz
);
create index citizen_personal_id on identity.citizen (personal_id);
create index citizen_login on identity.citizen ((claims ->> 'preferred_username'));

create table identity.credential (
  officer_id text primary key,
  login text not null unique,
  password_hash text not null,
  changed_at timestamptz not null,
  signed_in_at timestamptz
);

-- Wrong tries by login, whether or not such a login exists: a lock must not tell which logins are real.
create table identity.failure (
  login text primary key,
  tries integer not null,
  last_at timestamptz not null,
  locked_until timestamptz
);
create index failure_last_at on identity.failure (last_at);

-- `id` is the SHA-256 of the cookie's secret; the secret itself is kept nowhere. `level` is the assurance shown at this very sign-in.
create table identity.session (
  id text primary key,
  citizen_id uuid references identity.citizen (id),
  officer_id text,
  post_id text,
  level smallint check (level in (1, 2)),
  created_at timestamptz not null,
  seen_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  user_agent text,
  check ((citizen_id is null) <> (officer_id is null)),
  check ((citizen_id is null) = (level is null))
);
create index session_citizen on identity.session (citizen_id) where revoked_at is null;
create index session_officer on identity.session (officer_id) where revoked_at is null;
create index session_expires_at on identity.session (expires_at);

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
