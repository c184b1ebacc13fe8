-- The pack this data was founded with, and how far its clock stands from the machine's (a demo of another time).

create table core.instance (
  one boolean primary key default true check (one),
  pack text not null,
  founded_at timestamptz not null,
  -- milliseconds to be added to the machine's clock; 0 in every real province
  clock_shift_ms bigint not null default 0
);

-- When the machine's clock will show what the platform's clock calls `at`: the queue wakes by the machine's.
create function core.machine_time(at timestamptz) returns timestamptz language sql stable as $$
  select at - coalesce((select clock_shift_ms from core.instance), 0) * interval '1 millisecond'
$$;

-- Until 30/6/2025 districts decided too.
alter table procedures.competence drop constraint competence_level_check;
alter table procedures.competence add constraint competence_level_check check (level in ('tinh', 'huyen', 'xa'));
