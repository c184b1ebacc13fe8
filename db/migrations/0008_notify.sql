-- What the platform tells people: one outbox, each message once for the fact that caused it.
create schema notify;

create table notify.message (
  id uuid primary key default gen_random_uuid(),
  event_id bigint not null,
  template text not null,
  channel text not null check (channel in ('sms', 'email', 'inapp')),
  recipient text not null,
  citizen_id uuid,
  subject text not null,
  title text not null,
  body text not null,
  created_at timestamptz not null,
  sent_at timestamptz,
  failed_reason text,
  unique (event_id, template, channel, recipient)
);
create index message_citizen on notify.message (citizen_id, created_at desc);
create index message_recent on notify.message (created_at desc);
