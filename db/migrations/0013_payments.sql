-- Fees as decisions (DMN), and the money that comes of them: orders, transactions, receipts, suspense, refunds, closings, reconciliation.

-- Drawn by code for versions that have none (procedures.drawMissingFeeTables); pinned by its digest as the process is.
alter table procedures.version add column dmn text, add column dmn_digest text;

-- What a line is and what it would cost without an exemption.
alter table dossiers.fee add column kind text not null default 'phi' check (kind in ('phi', 'le_phi')), add column full_amount_vnd bigint not null default 0;
update dossiers.fee set full_amount_vnd = amount_vnd;

create schema payments;

-- Where the money of a collecting agency goes; copied into each order, so that a later change moves nothing already asked for.
create table payments.payee (
  unit_id text primary key,
  bin text not null check (bin ~ '^\d{6}$'),
  bank text not null,
  account text not null unique,
  holder text not null
);

-- One demand for money: its reference is what the payer's bank writes. `subject` is the dossier; `about` is what receipts say of it.
create table payments.payment_order (
  id uuid primary key default gen_random_uuid(),
  reference text not null unique,
  subject text not null,
  subject_code text not null,
  unit_id text not null,
  payee jsonb,
  payer_name text not null,
  citizen_id uuid,
  about jsonb not null,
  search text not null,
  total_vnd bigint not null check (total_vnd > 0),
  state text not null check (state in ('open', 'paid', 'void')),
  expires_at timestamptz not null,
  opened_at timestamptz not null,
  closed_at timestamptz,
  void_reason text,
  check ((state = 'open') = (closed_at is null))
);
create index payment_order_subject on payments.payment_order (subject);
create index payment_order_desk on payments.payment_order (unit_id, opened_at desc) where state = 'open';
create index payment_order_search on payments.payment_order using gin (search gin_trgm_ops);

create table payments.line (
  order_id uuid not null references payments.payment_order (id),
  n smallint not null,
  code text not null,
  name text not null,
  kind text not null check (kind in ('phi', 'le_phi')),
  collect_at text not null,
  full_vnd bigint not null,
  amount_vnd bigint not null check (amount_vnd > 0),
  note text,
  primary key (order_id, n)
);

-- Money that came in, once for each number the bank gave it (or the counter's form). `applied_vnd` paid the order; the rest is in suspense.
create table payments.transaction (
  id uuid primary key default gen_random_uuid(),
  provider text not null,
  provider_ref text not null,
  source text not null check (source in ('callback', 'statement', 'counter')),
  order_id uuid references payments.payment_order (id),
  unit_id text not null,
  amount_vnd bigint not null check (amount_vnd > 0),
  applied_vnd bigint not null check (applied_vnd >= 0 and applied_vnd <= amount_vnd),
  account text,
  description text,
  payer_bank text,
  paid_at timestamptz not null,
  received_at timestamptz not null,
  reversed_at timestamptz,
  unique (provider, provider_ref)
);
create index transaction_order on payments.transaction (order_id);
create index transaction_received on payments.transaction (received_at);

-- Receipts (biên lai): numbered without gaps for each unit, year and series; a cancelled one keeps its number.
create table payments.receipt (
  id uuid primary key default gen_random_uuid(),
  unit_id text not null,
  year smallint not null,
  series text not null,
  number integer not null,
  order_id uuid not null references payments.payment_order (id),
  transaction_id uuid not null references payments.transaction (id),
  method text not null check (method in ('cash', 'transfer')),
  amount_vnd bigint not null check (amount_vnd > 0),
  given_vnd bigint,
  data jsonb not null,
  state text not null check (state in ('valid', 'cancelled')),
  issued_at timestamptz not null,
  issued_on date not null,
  issued_by text,
  issued_name text,
  cancelled_at timestamptz,
  cancelled_by text,
  cancelled_name text,
  cancel_reason text,
  unique (unit_id, year, series, number)
);
create unique index receipt_one_valid on payments.receipt (order_id) where state = 'valid';
create index receipt_day on payments.receipt (unit_id, issued_on);

-- Money that pays nothing yet, with the unit that must see to it.
create table payments.suspense (
  id uuid primary key default gen_random_uuid(),
  transaction_id uuid not null references payments.transaction (id),
  unit_id text not null,
  amount_vnd bigint not null check (amount_vnd > 0),
  reason text not null,
  state text not null check (state in ('open', 'matched', 'refunding', 'refunded')),
  opened_at timestamptz not null,
  order_id uuid references payments.payment_order (id),
  closed_at timestamptz,
  closed_by text
);
create index suspense_open on payments.suspense (unit_id, opened_at) where state in ('open', 'refunding');
create index suspense_transaction on payments.suspense (transaction_id);

-- Money goes back by decision only.
create table payments.refund (
  id uuid primary key default gen_random_uuid(),
  unit_id text not null,
  subject text,
  suspense_id uuid references payments.suspense (id),
  order_id uuid references payments.payment_order (id),
  line_code text,
  amount_vnd bigint not null check (amount_vnd > 0),
  reason text not null,
  state text not null check (state in ('proposed', 'ordered', 'paid', 'refused')),
  proposed_at timestamptz not null,
  proposed_by text,
  decision_no text,
  decided_at timestamptz,
  decided_by text,
  decided_name text,
  pay_by timestamptz,
  paid_at timestamptz,
  paid_by text,
  paid_ref text,
  check ((suspense_id is null) <> (order_id is null))
);
create unique index refund_of_suspense on payments.refund (suspense_id) where state <> 'refused';
create index refund_open on payments.refund (unit_id) where state in ('proposed', 'ordered');

-- A day's cash: expected against counted, signed off by a second person; then the day is shut.
create table payments.closing (
  unit_id text not null,
  day date not null,
  state text not null check (state in ('counted', 'closed')),
  expected_vnd bigint not null,
  counted_vnd bigint not null check (counted_vnd >= 0),
  difference_reason text,
  receipts integer not null,
  cancelled integer not null,
  counted_at timestamptz not null,
  counted_by text not null,
  counted_name text not null,
  signed_at timestamptz,
  signed_by text,
  signed_name text,
  primary key (unit_id, day),
  check ((state = 'closed') = (signed_at is not null)),
  check (signed_by is null or signed_by <> counted_by)
);

-- Every knock at the call-back door, with what came of it.
create table payments.callback (
  id bigint generated always as identity primary key,
  provider text not null,
  at timestamptz not null,
  verdict text not null,
  provider_ref text,
  body text not null
);
create index callback_recent on payments.callback (at desc);

-- What the bank's own statement says, and what differs from what we hold.
create table payments.statement_line (
  provider text not null,
  provider_ref text not null,
  amount_vnd bigint not null,
  account text not null,
  description text not null,
  paid_at timestamptz not null,
  fetched_at timestamptz not null,
  primary key (provider, provider_ref)
);

create table payments.mismatch (
  id uuid primary key default gen_random_uuid(),
  kind text not null,
  provider text not null,
  provider_ref text not null,
  unit_id text not null,
  transaction_id uuid references payments.transaction (id),
  detail text not null,
  found_at timestamptz not null,
  resolved_at timestamptz,
  resolved_by text,
  resolution text,
  unique (kind, provider, provider_ref)
);
create index mismatch_open on payments.mismatch (unit_id) where resolved_at is null;

create table payments.reconciliation (
  provider text primary key,
  ran_at timestamptz not null,
  succeeded_at timestamptz,
  lines integer not null,
  fault text
);
