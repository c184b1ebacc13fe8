-- Files of other drawing tools that officials brought into a draft: kept as they came, so that nothing of them is lost whatever is taken.

create table procedures.drawing_import (
  id uuid primary key default gen_random_uuid(),
  draft_id uuid not null references procedures.draft (id) on delete cascade,
  file_name text not null,
  -- the text of the file, byte for byte as far as it is UTF-8
  content text not null check (octet_length(content) <= 5242880),
  at timestamptz not null,
  by_id text,
  by_name text not null
);
create index drawing_import_draft on procedures.drawing_import (draft_id, at desc);
