-- All the papers of a dossier: their kinds, what became of each, what kept one from being printed, and every time one was printed again.
alter table dossiers.paper drop constraint paper_kind_check;
alter table dossiers.paper add constraint paper_kind_check check (kind in (
  'receipt', 'supplement_request', 'refusal', 'apology', 'stop_notice', 'control_slip', 'unresolved_notice', 'withdrawal', 'result',
  'financial_notice', 'fee_receipt', 'appeal_decision'
));
alter table dossiers.paper
  -- a paper that holds no more: it stays, with who took it back and why
  add column cancelled_at timestamptz,
  add column cancelled_by text,
  add column cancel_reason text,
  -- the paper that this one takes the place of
  add column replaces uuid unique references dossiers.paper (id),
  -- why it could not be set: the template's fault, never the act's; null once it is set
  add column fault text,
  add column fault_template text,
  add column fault_field text,
  add column faulted_at timestamptz,
  add constraint paper_cancelled check ((cancelled_at is null) = (cancel_reason is null));
create index paper_faulted on dossiers.paper (faulted_at) where fault is not null;

-- A paper was printed again at a desk: when and by whom; the print says so itself.
create table dossiers.paper_print (
  id bigint generated always as identity primary key,
  paper_id uuid not null references dossiers.paper (id),
  at timestamptz not null,
  by_id text not null,
  by_name text not null
);
create index paper_print_paper on dossiers.paper_print (paper_id);

-- The tracking book reads by desk and day of acceptance.
create index dossier_book on dossiers.dossier (received_unit_id, accepted_at, code) where accepted_at is not null;
create index dossier_accepted on dossiers.dossier (accepted_at) where accepted_at is not null;
