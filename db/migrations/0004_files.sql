-- Uploaded and made files: content stored once by its digest, every use of it a row.
create schema files;

create table files.blob (
  sha256 text primary key,
  size bigint not null,
  created_at timestamptz not null
);

create table files.file (
  id uuid primary key default gen_random_uuid(),
  sha256 text not null references files.blob (sha256),
  name text not null,
  type text not null,
  size bigint not null,
  subject text not null,
  created_at timestamptz not null,
  created_by text not null
);
create index file_subject on files.file (subject);
