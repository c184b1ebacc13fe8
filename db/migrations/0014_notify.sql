-- The outbox grows up: states of each message, its tries and its owner; channels and their outages; contacts, choices, reports of fakes.
alter table notify.message
  add seq bigint generated always as identity,
  add state text not null default 'sent' check (state in ('waiting', 'held', 'sending', 'sent', 'failed', 'dead', 'cancelled')),
  add kind text not null default 'progress' check (kind in ('action', 'progress', 'result', 'money', 'account', 'office')),
  add why text,
  add urgent boolean not null default false,
  add officer_id text,
  add unit_id text,
  add unit_path ltree,
  add about text,
  add href text,
  add next_at timestamptz,
  add slotted boolean not null default false,
  add attempts integer not null default 0,
  add first_try_at timestamptz,
  add renewed_at timestamptz,
  add lease_until timestamptz,
  add useful_until timestamptz,
  add provider_ref text,
  add parts integer,
  add delivered_at timestamptz,
  add undelivered_at timestamptz,
  add check_code text,
  add read_at timestamptz,
  add merged_into uuid references notify.message (id),
  add owner_role text,
  add died_at timestamptz,
  add closed_at timestamptz,
  add closed_by text,
  add closed_note text;
update notify.message set state = 'sent', sent_at = coalesce(sent_at, created_at), check_code = upper(substr(md5(id::text), 1, 6));
alter table notify.message alter column check_code set not null, alter column state drop default, alter column state set default 'waiting';
create unique index message_check_code on notify.message (check_code);
create index message_due on notify.message (next_at) where state in ('waiting', 'held', 'failed', 'sending');
create index message_queue on notify.message (channel, recipient, seq) where state in ('waiting', 'held', 'failed', 'sending');
create index message_day on notify.message (channel, recipient, sent_at) where state = 'sent';
create index message_officer on notify.message (officer_id, created_at desc) where officer_id is not null;
create index message_dead on notify.message (unit_path, died_at desc) where state = 'dead';
create index message_state on notify.message (state, channel, seq desc);
create index message_subject on notify.message (subject, channel, recipient);

create table notify.channel (
  channel text primary key check (channel in ('sms', 'email')),
  slot_at timestamptz,
  faults integer not null default 0,
  down_since timestamptz,
  paused_until timestamptz,
  probe_until timestamptz,
  last_fault text,
  last_ok_at timestamptz,
  report_mark text not null default ''
);
insert into notify.channel (channel) values ('sms'), ('email');

create table notify.contact (
  citizen_id uuid not null,
  channel text not null check (channel in ('sms', 'email')),
  address text,
  verified_at timestamptz,
  claimed_address text,
  code_digest text,
  code_until timestamptz,
  code_tries integer not null default 0,
  claims_today integer not null default 0,
  claimed_on date,
  primary key (citizen_id, channel)
);

create table notify.choice (
  citizen_id uuid not null,
  kind text not null,
  channel text not null check (channel in ('sms', 'email')),
  wanted boolean not null,
  chosen_at timestamptz not null,
  primary key (citizen_id, kind, channel)
);

create table notify.report (
  id uuid primary key default gen_random_uuid(),
  reported_at timestamptz not null,
  pasted text not null,
  sender text,
  verdict text not null,
  note text,
  closed_at timestamptz,
  closed_by text,
  closed_note text
);
create index report_open on notify.report (reported_at desc) where closed_at is null;
