-- Linked work: processes that call processes, opinions asked of other agencies, the hand-overs of the control slip, who is competent.

-- A subject has one root process. A child was called by a token of its parent (call activity) or stands beside one of its items (consultation).
alter table work.process drop constraint process_subject_key;
alter table work.process
  add column parent_id uuid references work.process (id),
  add column parent_token text,
  add column link text check (link in ('call', 'beside')),
  add column name text not null default '',
  -- for each call activity: what it calls, pinned when the root began
  add column calls jsonb not null default '{}',
  add column ended_how text,
  -- the element of the parent's drawing
  add column called_by text,
  add column seq bigint generated always as identity,
  add check ((parent_id is null) = (link is null) and (parent_id is null) = (parent_token is null));
create unique index process_root on work.process (subject) where parent_id is null;
create unique index process_called on work.process (parent_id, parent_token) where link = 'call';
create index process_subject on work.process (subject);
create index process_parent on work.process (parent_id) where parent_id is not null;

-- `link`: null for steps of the root process. `waits`: how many processes beside this item still run; it cannot be finished before them.
alter table work.item
  add column link text check (link in ('call', 'beside')),
  add column waits smallint not null default 0 check (waits >= 0);

-- Processes that records may call by name; a changed drawing is a further number, running work keeps the one it began with.
create table procedures.process (
  name text not null,
  number integer not null,
  title text not null,
  digest text not null,
  bpmn text not null,
  -- outcomes by which it may end
  ends text[] not null,
  imported_at timestamptz not null,
  primary key (name, number)
);

-- Who is competent for what, as dated rules with their clause; the narrowest that is in force wins.
create table procedures.competence (
  id text primary key,
  procedure_code text,
  field_code text,
  ministry_code text,
  level text check (level in ('tinh', 'xa')),
  department text,
  valid_from date not null,
  valid_to date,
  clause text not null,
  note text,
  sure text not null check (sure in ('found', 'memory')),
  check (valid_to is null or valid_to >= valid_from)
);
create index competence_procedure on procedures.competence (procedure_code);

-- An opinion asked of another unit beside a step. `silence`: what no answer by `due_at` means; consent only where a clause says so.
create table dossiers.consultation (
  id uuid primary key default gen_random_uuid(),
  seq bigint generated always as identity,
  dossier_id uuid not null references dossiers.dossier (id),
  -- the asking step and the child process with its item on the asked unit's desk
  item_id uuid not null,
  process_id uuid not null unique,
  answer_item_id uuid not null,
  client_key text,
  asked_unit_id text not null,
  desk_unit_id text not null,
  asking_unit_id text,
  asked_by text not null,
  asked_by_name text not null,
  question text not null,
  days smallint not null check (days between 1 and 60),
  silence text not null check (silence in ('alarm', 'agree')),
  clause text,
  asked_at timestamptz not null,
  due_at timestamptz not null,
  state text not null check (state in ('open', 'answered', 'silent', 'withdrawn')),
  alarmed_at timestamptz,
  reminded_at timestamptz,
  settled_at timestamptz,
  opinion text check (opinion in ('agree', 'disagree', 'other')),
  answer text,
  answered_at timestamptz,
  answered_by text,
  answered_by_name text,
  file_id uuid,
  withdrawn_reason text,
  check (silence <> 'agree' or clause is not null),
  check ((state = 'open') = (settled_at is null)),
  check ((answered_at is null) = (opinion is null))
);
create index consultation_dossier on dossiers.consultation (dossier_id, seq);
create unique index consultation_answer_item on dossiers.consultation (answer_item_id);
create unique index consultation_client_key on dossiers.consultation (item_id, client_key, asked_unit_id) where client_key is not null;

-- The control slip (Mẫu 06): each passing of the dossier from desk to desk.
create table dossiers.handover (
  id bigint generated always as identity primary key,
  dossier_id uuid not null references dossiers.dossier (id),
  kind text not null check (kind in ('transfer', 'step', 'consultation', 'opinion', 'return')),
  step text,
  from_unit_id text,
  from_role text,
  from_officer text,
  from_name text,
  to_unit_id text,
  to_role text,
  to_officer text,
  to_name text,
  -- the item that waits at the receiver's desk
  item_id uuid,
  handed_at timestamptz not null,
  due_at timestamptz,
  rule text,
  received_at timestamptz,
  result text check (result in ('early', 'on_time', 'late')),
  note text
);
create index handover_dossier on dossiers.handover (dossier_id, id);
create index handover_item on dossiers.handover (item_id) where received_at is null;

-- History is append-only: a row is written once, and completed once when the receiver has taken it.
create function dossiers.keep_handover() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    raise exception 'dossiers.handover is append-only';
  end if;
  if old.received_at is not null
    or (old.id, old.dossier_id, old.kind, old.handed_at) is distinct from (new.id, new.dossier_id, new.kind, new.handed_at)
    or (old.from_unit_id, old.from_role, old.from_officer, old.from_name, old.due_at, old.note)
      is distinct from (new.from_unit_id, new.from_role, new.from_officer, new.from_name, new.due_at, new.note)
    or (old.result is not null and old.result is distinct from new.result) then
    raise exception 'dossiers.handover is append-only';
  end if;
  return new;
end $$;
create trigger handover_kept before update or delete on dossiers.handover for each row execute function dossiers.keep_handover();
