-- Fees as decisions (DMN), and the money that comes of them: orders, transactions, receipts, suspense, refunds, closings, reconciliation.

-- Drawn by code for versions that have none (procedures.drawMissingFeeTables); pinned by its digest as the process is.
alter table procedures.version add column dmn text, add column dmn_digest text;

-- What a line is and what it would cost without an exemption.
alter table dossiers.fee add column kind text not null default 'phi' check (kind in ('phi', 'le_phi')), add column full_amount_vnd bigint not null default 0;
update dossiers.fee set full_amount_vnd = amount_vnd;
