-- Reorganisation of units: plans, what moves where, columns before and after so that it can be undone; former names and codes of units that live on.

-- What a run changed, column by column: null before = a row was made, null after = a row was taken away. `step`: one statement of the run.
create table core.journal (
  run uuid not null,
  step integer not null,
  n bigint generated always as identity,
  table_name text not null,
  key jsonb not null,
  before jsonb,
  after jsonb,
  primary key (run, step, n),
  check (before is not null or after is not null)
);
create index journal_key on core.journal (table_name, key);
create trigger journal_append_only before update or delete or truncate on core.journal for each statement execute function core.refuse_change();

-- Where things of a unit go under a run: all of them ('' ), or those of one subject. A unit that goes to itself has only a new path.
create table core.unit_move (
  run uuid not null,
  from_id text not null,
  subject text not null default '',
  to_id text not null,
  to_path ltree not null,
  primary key (run, from_id, subject)
);
create index unit_move_subject on core.unit_move (run, subject) where subject <> '';

-- What whoever has the house alone says of it, outside its own transaction: those who wait before the gate are told how far it has come.
create table core.gate (
  run uuid primary key,
  began_at timestamptz not null default clock_timestamp(),
  expected_ms bigint,
  done integer not null default 0,
  of integer,
  doing text
);

-- Names and codes that a living unit bore before: each answers for its days.
create table org.former (
  unit_id text not null references org.unit (id),
  valid_from date not null,
  valid_to date not null,
  code text not null,
  name text not null,
  short_name text not null,
  kind text not null,
  identifier text,
  qcvn text,
  admin_code text,
  search text not null,
  primary key (unit_id, valid_to),
  check (valid_to >= valid_from)
);
create index former_code on org.former (code);
create index former_identifier on org.former (identifier);
create index former_qcvn on org.former (qcvn);
create index former_admin_code on org.former (admin_code);
create index former_search on org.former using gin (search gin_trgm_ops);

-- Which codes each unit bears on which days, of all four schemes together, as of org.unit and org.former: on any day a code means one unit.
-- Kept by the two triggers below; looked at when a transaction ends, so that codes may be exchanged within it.
create table org.bearing (
  code text not null,
  unit_id text not null,
  from_on date not null,
  to_on date,
  constraint one_bearer exclude using gist (code with =, unit_id with <>, daterange(from_on, to_on, '[]') with &&) deferrable initially deferred
);
create index bearing_unit on org.bearing (unit_id);
create index bearing_code on org.bearing (code);

create function org.keep_bearing(whose text) returns void language sql as $$
  delete from org.bearing where unit_id = whose;
  insert into org.bearing (code, unit_id, from_on, to_on)
  select distinct c.code, whose, b.from_on, b.to_on
  from (
    select array[code, identifier, qcvn, admin_code] as codes, greatest(valid_from, (select max(f.valid_to) + 1 from org.former f where f.unit_id = u.id)) as from_on, valid_to as to_on from org.unit u where u.id = whose
    union all
    select array[code, identifier, qcvn, admin_code], valid_from, valid_to from org.former where unit_id = whose
  ) b cross join lateral unnest(b.codes) as c (code)
  where c.code is not null and (b.to_on is null or b.to_on >= b.from_on)
$$;
create function org.unit_bears() returns trigger language plpgsql as $$
begin
  perform org.keep_bearing(coalesce(new.id, old.id));
  return null;
end $$;
create function org.former_bears() returns trigger language plpgsql as $$
begin
  perform org.keep_bearing(coalesce(new.unit_id, old.unit_id));
  return null;
end $$;
create trigger unit_bears after insert or delete or update of code, identifier, qcvn, admin_code, valid_from, valid_to on org.unit for each row execute function org.unit_bears();
create trigger former_bears after insert or delete or update on org.former for each row execute function org.former_bears();
select org.keep_bearing(id) from org.unit;

-- Where a succession says only a part, who has which part: rules in the order they were drawn.
alter table org.succession add column rules jsonb not null default '[]';

-- The unit whose registers hold the code and the receipt number, where it is no longer the one that receives; the unit by whose calendar the
-- term was promised, so that no reorganisation makes it longer.
alter table dossiers.dossier
  add column registered_unit_id text,
  add column promised_unit_id text;

create schema reorg;

create table reorg.plan (
  id uuid primary key default gen_random_uuid(),
  seq bigint generated always as identity,
  title text not null,
  state text not null default 'nhap' check (state in ('nhap', 'cho_xac_nhan', 'da_xac_nhan', 'dang_chay', 'da_thi_hanh', 'da_hoan_tac', 'da_huy')),
  revision integer not null default 0,
  day date not null,
  decision_no text not null,
  decision_on date not null,
  -- PlanContent of modules/reorg/schema.ts
  content jsonb not null,
  -- every unit that ends or changes: no two plans under way may name the same one
  touches text[] not null default '{}',
  made_at timestamptz not null,
  made_by text,
  made_by_name text not null,
  -- everybody who wrote in it: none of them confirms it
  edited_by text[] not null default '{}',
  sent_at timestamptz,
  sent_by text,
  sent_by_name text,
  -- of the content and of what was found when it was sent and confirmed
  digest text,
  returned_note text,
  confirmed_at timestamptz,
  confirmed_by text,
  confirmed_by_name text,
  executed_at timestamptz,
  executed_by_name text,
  roll_back_until timestamptz,
  -- when the last try to execute began, and how many there were since the confirmation
  began_at timestamptz,
  tries integer not null default 0,
  halted jsonb not null default '[]',
  report jsonb,
  rolled_back_at timestamptz,
  rolled_back_by text,
  rolled_back_by_name text,
  roll_back_reason text,
  undo_run uuid,
  undone jsonb,
  -- facts of the execution that people are told of, from … to, and the last one told
  told_from bigint,
  told_to bigint,
  told_at timestamptz,
  -- four eyes
  check (confirmed_by is null or (confirmed_by is distinct from made_by and confirmed_by is distinct from sent_by))
);
create index plan_state on reorg.plan (state, day);
create index plan_touches on reorg.plan using gin (touches) where state in ('cho_xac_nhan', 'da_xac_nhan', 'dang_chay');

-- Seals of units: those of ended units are handed in and made void, those of new ones are to be ordered (NĐ 99/2016/NĐ-CP).
create table reorg.seal (
  id uuid primary key default gen_random_uuid(),
  plan_id uuid not null references reorg.plan (id),
  unit_id text not null,
  unit_name text not null,
  kind text not null check (kind in ('return', 'order', 'change')),
  done_on date,
  done_note text,
  done_by_name text,
  unique (plan_id, unit_id, kind)
);

-- Values of a document that name a unit of a divided one, as this subject has it now: desks of steps still to come.
create function core.moved_values(document jsonb, run_id uuid, whose text) returns jsonb language plpgsql stable as $$
declare
  found text;
begin
  case jsonb_typeof(document)
    when 'string' then
      select m.to_id into found from core.unit_move m where m.run = run_id and m.subject = whose and m.from_id = document #>> '{}';
      return case when found is null then document else to_jsonb(found) end;
    when 'object' then
      return (select coalesce(jsonb_object_agg(key, core.moved_values(value, run_id, whose)), '{}') from jsonb_each(document));
    when 'array' then
      return (select coalesce(jsonb_agg(core.moved_values(value, run_id, whose) order by n), '[]') from jsonb_array_elements(document) with ordinality as e (value, n));
    else
      return document;
  end case;
end $$;

-- Numbers of the day go by the agency that is printed in them, so that a unit that takes over a code goes on where the other stopped.
insert into core.counter (series, last)
select 'dossier:' || coalesce(u.identifier, u.code) || substr(c.series, length('dossier:' || u.id) + 1), max(c.last)
from core.counter c join org.unit u on c.series like 'dossier:' || u.id || ':____-__-__'
group by 1 on conflict (series) do nothing;
create index dossier_registered on dossiers.dossier (registered_unit_id, accepted_at) where registered_unit_id is not null;
