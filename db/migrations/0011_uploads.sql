-- Uploads that may stop and go on: each is a row from its first byte until its file is somebody's, so that it becomes so exactly once.
create table files.upload (
  id text primary key,
  subject text not null,
  field text not null,
  name text not null,
  size bigint not null,
  created_by text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  -- set together: what became of it
  done_at timestamptz,
  result jsonb,
  check ((done_at is null) = (result is null))
);
create index upload_open on files.upload (subject) where done_at is null;
create index upload_expiry on files.upload (expires_at);
