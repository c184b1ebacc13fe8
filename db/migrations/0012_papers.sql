-- All the papers of a dossier: their kinds, what became of each, and every time one was printed again.
alter table dossiers.paper drop constraint paper_kind_check;
alter table dossiers.paper add constraint paper_kind_check check (kind in (
  'receipt', 'supplement_request', 'refusal', 'apology', 'stop_notice', 'control_slip', 'unresolved_notice', 'withdrawal', 'result',
  'financial_notice', 'fee_receipt', 'appeal_decision'
));
