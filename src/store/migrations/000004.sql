-- The second lock: row-level security. The role tessera_app is made by migrate.ts (roles belong to the server, not to a database).

revoke all on schema public from public;
grant usage on schema public to tessera_app;

-- Every table with a team: a statement that has set no team sees no row.
do $$
declare
  t text;
begin
  for t in
    select c.table_name from information_schema.columns c
    join information_schema.tables b using (table_schema, table_name)
    where c.table_schema = 'public' and c.column_name = 'team_id' and b.table_type = 'BASE TABLE' and c.table_name <> 'sessions'
  loop
    execute format('alter table %I enable row level security', t);
    execute format(
      'create policy team on %I using (team_id = nullif(current_setting(''app.team'', true), '''')::uuid)', t);
  end loop;
end $$;

alter table teams enable row level security;
create policy team on teams using (id = nullif(current_setting('app.team', true), '')::uuid);

-- Before a team is known: no policy, so no row; only `security definer` functions (000005.sql) reach these two.
alter table users enable row level security;
alter table sessions enable row level security;

grant select on teams to tessera_app;

-- Never changed, never deleted: a correction is a new row.
grant select, insert on
  blobs, items, label_schemas, annotations, label_versions, labels, splits, split_items, experiments,
  ingest_batches, metric_chunks, run_logs, run_samples, checkpoints, evaluations, evaluation_items
to tessera_app;

grant select, insert, update on
  projects, datasets, invitations, api_tokens, imports, import_problems, workers, runs, attempts
to tessera_app;

grant select, insert, update, delete on members, metric_last to tessera_app;
