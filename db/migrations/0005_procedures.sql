-- Procedures as dated data: a code never changes, its text does; each text is a version.
create schema procedures;

create table procedures.version (
  id uuid primary key default gen_random_uuid(),
  code text not null,
  number integer not null,
  name text not null,
  field_code text not null,
  field_name text not null,
  levels text[] not null,
  targets text[] not null,
  online_level text not null,
  record jsonb not null,
  digest text not null,
  bpmn text not null,
  bpmn_digest text not null,
  effective_from date not null,
  effective_to date,
  search text not null,
  imported_at timestamptz not null,
  unique (code, number)
);
create index version_digest on procedures.version (digest);
create index version_search on procedures.version using gin (search gin_trgm_ops);
