-- Lists as an officer has set them: filters of a list's address under a name of one's own.
create schema views;
create table views.view (
  id uuid primary key default gen_random_uuid(),
  officer_id text not null,
  list text not null check (list in ('worklist', 'dossiers')),
  name text not null check (name <> ''),
  query text not null,
  created_at timestamptz not null,
  unique (officer_id, list, name)
);
