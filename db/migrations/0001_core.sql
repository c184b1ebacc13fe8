-- The ground: facts, counters, answers already given.
create extension if not exists ltree;
create extension if not exists pg_trgm;
create extension if not exists unaccent;
create extension if not exists btree_gist;

-- Every act is one row here, written in the transaction of the change itself; never updated, never deleted.
create table core.event (
  id bigint generated always as identity primary key,
  name text not null,
  at timestamptz not null,
  subject text not null,
  actor_kind text not null check (actor_kind in ('anonymous', 'citizen', 'officer', 'system')),
  actor_id text,
  actor_name text,
  post_id text,
  role text,
  unit_id text,
  request_id text not null,
  data jsonb not null
);
create index event_subject on core.event (subject, id);
create index event_name on core.event (name, id);

create function core.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'Sự kiện đã ghi không được sửa hay xóa (core.event)' using errcode = 'restrict_violation';
end $$;
create trigger event_append_only before update or delete or truncate on core.event
  for each statement execute function core.refuse_change();

-- Numbers without gaps: one row a series, taken in the transaction that uses the number.
create table core.counter (
  series text primary key,
  last integer not null
);

-- Answers already given to a request with an Idempotency-Key, so that a retry gets the same one.
create table core.idempotency (
  actor text not null,
  key text not null,
  request_digest text not null,
  status integer,
  content_type text,
  body text,
  created_at timestamptz not null,
  primary key (actor, key)
);
create index idempotency_age on core.idempotency (created_at);
