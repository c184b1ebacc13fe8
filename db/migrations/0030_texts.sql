-- Printed forms in a procedure's own words: a paper keeps the version under which it was issued, and the answers that its template may name.

alter table dossiers.paper
  add column version_id uuid,
  -- answers of the form on the day of issue; only where the version brings a template of its own for this paper
  add column answers jsonb;
