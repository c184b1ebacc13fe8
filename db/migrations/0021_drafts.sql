-- The workshop of procedures: drafts that several officials write at once, every save kept; withdrawal and abolition of versions; periodic review.

create table procedures.draft (
  id uuid primary key default gen_random_uuid(),
  code text not null,
  -- tinhso.procedure/1, perhaps unfinished
  record jsonb not null,
  revision integer not null default 0,
  state text not null default 'open' check (state in ('open', 'published', 'dropped')),
  origin text not null check (origin in ('version', 'scratch', 'copy', 'file')),
  -- the version it began from: what the diff is taken against, and what must not have been followed by another when it is published
  base_version uuid references procedures.version (id),
  -- the version whose text it began with; another than the base when a former one is taken up again
  source_version uuid references procedures.version (id),
  begun_at timestamptz not null,
  begun_by text,
  begun_by_name text not null,
  touched_at timestamptz not null,
  touched_by text,
  touched_by_name text not null,
  -- handed to the second pair of eyes at this revision; a later edit makes it void
  submitted_revision integer,
  submitted_at timestamptz,
  submitted_by_name text,
  closed_at timestamptz,
  closed_by_name text,
  -- the word said when it was dropped
  closed_note text,
  version_id uuid references procedures.version (id)
);
-- Two officials on one procedure work in one draft.
create unique index draft_open on procedures.draft (code) where state = 'open';
create index draft_list on procedures.draft (state, touched_at desc);

-- Every save: the part as it was after it. Revision 0 is the record the draft began with.
create table procedures.draft_edit (
  draft_id uuid not null references procedures.draft (id) on delete cascade,
  revision integer not null,
  part text not null,
  value jsonb not null,
  -- whether somebody else's words were merged in
  merged boolean not null default false,
  -- the saving page's own mark: the same save sent again is known by it
  save_key text,
  at timestamptz not null,
  by_id text,
  by_name text not null,
  primary key (draft_id, revision)
);
create unique index draft_edit_key on procedures.draft_edit (draft_id, save_key) where save_key is not null;
create index draft_edit_part on procedures.draft_edit (draft_id, part, revision desc);
create trigger draft_edit_kept before update on procedures.draft_edit for each row execute function core.refuse_change();

-- Who has which page of a draft open; a hint to people and nothing more.
create unlogged table procedures.draft_presence (
  draft_id uuid not null references procedures.draft (id) on delete cascade,
  officer_id text not null,
  name text not null,
  part text not null,
  seen_at timestamptz not null,
  primary key (draft_id, officer_id)
);

alter table procedures.version
  add column published_by_name text,
  add column draft_id uuid references procedures.draft (id),
  -- why it was published with a day that had passed, with the clause that allows it
  add column backdated_reason text,
  add column withdrawn_at timestamptz,
  add column withdrawn_by_name text,
  add column withdrawn_reason text,
  add column withdrawn_decision text,
  -- a version that ends the procedure: from its day nothing is in force
  add column abolishes boolean not null generated always as (record #>> '{decision,kind}' = 'bai_bo') stored,
  add column replaced_by text generated always as (record #>> '{decision,replacedBy}') stored,
  add constraint version_withdrawn_whole check ((withdrawn_at is null) = (withdrawn_reason is null));

-- Periodic review: somebody has read the procedure again and says that it is still right, or what is stale in it.
create table procedures.review (
  id uuid primary key default gen_random_uuid(),
  code text not null,
  version_id uuid not null references procedures.version (id),
  verdict text not null check (verdict in ('current', 'stale')),
  note text,
  at timestamptz not null,
  by_id text,
  by_name text not null
);
create index review_code on procedures.review (code, at desc);

-- How often a procedure is to be read again, as dated data.
create table procedures.review_rule (
  from_on date primary key,
  months integer not null check (months between 1 and 120),
  legal text not null,
  sure text not null check (sure in ('found', 'memory'))
);
insert into procedures.review_rule (from_on, months, legal, sure)
values ('2010-10-14', 12, 'Nghị định 63/2010/NĐ-CP, Điều 24: rà soát, đánh giá thủ tục hành chính theo kế hoạch hằng năm', 'memory');
