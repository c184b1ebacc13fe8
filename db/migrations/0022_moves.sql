-- Dossiers under way move from one version of their procedure to another, case by case, and back.

-- What a moved dossier keeps of the versions it came from, where that is better for its applicant: the term, the fees, what is not asked again.
alter table dossiers.dossier add column kept jsonb;

create schema moves;

-- One plan: from which version to which, how steps and answers correspond, what transitional clauses allow.
create table moves.plan (
  id uuid primary key default gen_random_uuid(),
  seq bigint generated always as identity,
  code text not null,
  from_version uuid not null,
  to_version uuid not null,
  -- counterparts by key, as an official chose them: a step of the other version, or null when its work falls away
  steps jsonb not null default '{}',
  answers jsonb not null default '{}',
  -- clauses by which a longer term, a higher fee, new questions and papers reach dossiers handed in before
  clauses jsonb not null default '{}',
  state text not null check (state in ('drafting', 'waiting', 'running', 'done', 'undoing', 'undone', 'dropped')),
  -- grows with every change of what is planned: who confirms, confirms exactly this
  revision integer not null default 0,
  -- how many dossiers were under way when it was tried, and since when the trial is whole
  tried integer not null default 0,
  tried_at timestamptz,
  reason text,
  decision text,
  made_at timestamptz not null,
  made_by text not null,
  made_by_name text not null,
  -- everybody who chose anything of it: none of them confirms
  edited_by jsonb not null default '[]',
  asked_at timestamptz,
  asked_by text,
  asked_by_name text,
  confirmed_at timestamptz,
  confirmed_by text,
  confirmed_by_name text,
  done_at timestamptz,
  undo_reason text,
  undo_by text,
  undo_by_name text,
  undo_at timestamptz,
  undo_confirmed_by_name text,
  check (from_version <> to_version),
  check (confirmed_by is null or reason is not null)
);
create index plan_code on moves.plan (code, seq desc);

-- One dossier in a plan: what the trial found, what was chosen, what came of it. `before` is the dossier as it was, row by row; it is emptied
-- as soon as the dossier can no longer return (moves.forget).
create table moves.case (
  plan_id uuid not null references moves.plan (id) on delete cascade,
  dossier_id uuid not null,
  code text not null,
  verdict text not null check (verdict in ('moves', 'choice', 'stuck')),
  -- before and after in words and figures; no name and no answer of the applicant
  preview jsonb not null,
  chosen boolean not null default false,
  -- counterparts chosen for this dossier alone
  steps jsonb not null default '{}',
  state text not null default 'planned' check (state in ('planned', 'moved', 'left', 'undone', 'stayed')),
  why text,
  at timestamptz,
  before jsonb,
  -- what the dossier looked like right after it had moved: the same means that nothing has happened since
  after_digest text,
  primary key (plan_id, dossier_id)
);
create index case_dossier on moves.case (dossier_id);
create index case_todo on moves.case (plan_id, state) where chosen;
create index case_before on moves.case (plan_id) where before is not null;
