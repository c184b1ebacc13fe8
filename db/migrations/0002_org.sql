-- Units with validity, both identifier codes, successors; posts and who holds them from when to when.
create schema org;

create table org.unit (
  id text primary key,
  code text not null,
  key text,
  aliases text[] not null default '{}',
  name text not null,
  short_name text not null,
  kind text not null,
  level text not null check (level in ('tinh', 'huyen', 'xa', 'phong', 'ngoai')),
  parent_id text references org.unit (id),
  path ltree not null,
  valid_from date not null,
  valid_to date,
  identifier text,
  qcvn text,
  admin_code text,
  outside boolean not null default false,
  search text not null,
  check (valid_to is null or valid_to >= valid_from)
);
create unique index unit_live_code on org.unit (code) where valid_to is null;
create index unit_code on org.unit (code);
create index unit_identifier on org.unit (identifier);
create index unit_qcvn on org.unit (qcvn);
create index unit_admin_code on org.unit (admin_code);
create index unit_path on org.unit using gist (path);
create index unit_parent on org.unit (parent_id);
create index unit_search on org.unit using gin (search gin_trgm_ops);

-- What became of a unit: `main` is the successor in charge of its competences; a partial one took over a part of its ground.
create table org.succession (
  from_id text not null references org.unit (id),
  to_id text not null references org.unit (id),
  on_date date not null,
  partial boolean not null,
  main boolean not null,
  act text,
  note text,
  primary key (from_id, to_id)
);
create unique index succession_main on org.succession (from_id) where main;
create index succession_to on org.succession (to_id);

create table org.officer (
  id text primary key,
  full_name text not null,
  phone text,
  search text not null
);

create table org.post (
  id text primary key,
  unit_id text not null references org.unit (id),
  role text not null,
  title text not null,
  valid_from date not null,
  valid_to date
);
create index post_unit_role on org.post (unit_id, role);

create table org.holding (
  post_id text not null references org.post (id),
  officer_id text not null references org.officer (id),
  from_on date not null,
  to_on date,
  primary key (post_id, officer_id, from_on),
  check (to_on is null or to_on >= from_on),
  exclude using gist (post_id with =, daterange(from_on, to_on, '[]') with &&)
);
create index holding_officer on org.holding (officer_id);
