-- Offices: absences, delegations, hand-overs of posts; who may not judge what they proposed; deadlines that a calendar moved.

create table org.absence (
  id uuid primary key default gen_random_uuid(),
  officer_id text not null references org.officer (id),
  deputy_id text references org.officer (id),
  from_on date not null,
  to_on date not null,
  reason text not null,
  recorded_at timestamptz not null,
  recorded_by text,
  recorded_by_name text not null,
  -- came back early, or never went
  ended_at timestamptz,
  ended_by_name text,
  check (to_on >= from_on),
  check (deputy_id <> officer_id),
  exclude using gist (officer_id with =, daterange(from_on, to_on, '[]') with &&) where (ended_at is null)
);
create index absence_deputy on org.absence (deputy_id) where ended_at is null;

-- A post lent for a time. `prefix` is how the deputy signs (NĐ 30/2020/NĐ-CP art. 13); posts that sign nothing have none.
create table org.delegation (
  id uuid primary key default gen_random_uuid(),
  post_id text not null references org.post (id),
  from_officer_id text not null references org.officer (id),
  to_officer_id text not null references org.officer (id),
  from_on date not null,
  to_on date not null,
  prefix text check (prefix in ('KT.', 'TL.', 'TUQ.')),
  scope text not null check (scope in ('all', 'sign', 'run')),
  note text,
  basis text not null,
  recorded_at timestamptz not null,
  recorded_by text,
  recorded_by_name text not null,
  revoked_at timestamptz,
  revoked_by_name text,
  check (to_on >= from_on),
  check (from_officer_id <> to_officer_id),
  exclude using gist (post_id with =, daterange(from_on, to_on, '[]') with &&) where (revoked_at is null)
);
create index delegation_to on org.delegation (to_officer_id) where revoked_at is null;
create index delegation_from on org.delegation (from_officer_id) where revoked_at is null;

-- What somebody held when they left a post, and who took it: taken down in the act, printed as minutes.
create table org.handover (
  id uuid primary key default gen_random_uuid(),
  post_id text not null references org.post (id),
  officer_id text not null references org.officer (id),
  last_on date not null,
  minutes jsonb not null,
  made_at timestamptz not null,
  made_by text,
  made_by_name text not null
);
create index handover_post on org.handover (post_id, made_at desc);

-- Officers who may not judge this step because they proposed what is judged; whoever gave the work to the one who has it.
alter table work.item add column barred text[] not null default '{}';
alter table work.item add column assigned_by_name text;

-- The order of worklists: one desk's open work, the most urgent first, what is never due last.
create index item_order on work.item (unit_id, (coalesce(due_at, timestamptz '9999-01-01 00:00:00+00')), id) where state in ('open', 'claimed');
create index item_hand on work.item (claimed_by, (coalesce(due_at, timestamptz '9999-01-01 00:00:00+00')), id) where state = 'claimed';
-- The head's board: all open work of a part of the tree.
create index item_tree on work.item using gist (unit_path) where state in ('open', 'claimed');

-- A deadline that a changed calendar moved, or would have moved earlier, is written down once for each change.
alter table dossiers.deadline add column calendar_event bigint;
create unique index deadline_calendar on dossiers.deadline (dossier_id, calendar_event, cause) where calendar_event is not null;
create index dossier_open_due on dossiers.dossier (due_at) where closed_at is null and finished_at is null and due_at is not null;

-- A holding may end at this very moment: its last day is then no longer held, and the post may be given to another the same day.
alter table org.holding add column ended_at timestamptz;
alter table org.holding drop constraint holding_post_id_daterange_excl;
alter table org.holding add constraint holding_one_at_a_time
  exclude using gist (post_id with =, daterange(from_on, to_on, case when ended_at is null then '[]' else '[)' end) with &&);

-- Whether a holding counts on a day.
create function org.held_on(from_on date, to_on date, ended_at timestamptz, on_day date) returns boolean language sql immutable
  return from_on <= on_day and (to_on is null or to_on > on_day or (to_on = on_day and ended_at is null));

-- When a timer was set, so that a changed calendar can count it anew.
alter table work.token add column armed_at timestamptz;
