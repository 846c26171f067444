-- Reports beside items, as a program has read them (decision 0044). The table they came in stays a file of the team.
create table report_sets (
  team_id uuid not null,
  id uuid not null default gen_random_uuid(),
  dataset_id uuid not null,
  schema_id uuid not null,
  reader text not null,
  file_sha256 text not null,
  rules jsonb not null, -- ReportRules
  labeller integer not null, -- labellerVersion
  reports integer not null,
  labelled integer not null, -- of them with a class value that is known
  created_by uuid not null references users,
  created_at timestamptz not null default clock_timestamp(),
  primary key (team_id, id),
  foreign key (team_id, dataset_id) references datasets,
  foreign key (team_id, schema_id) references label_schemas,
  foreign key (team_id, file_sha256) references blobs
);
create index on report_sets (team_id, dataset_id, created_at);

create table reports (
  team_id uuid not null,
  report_set_id uuid not null,
  item_id uuid not null,
  report text not null,
  findings jsonb not null, -- LabelledFinding[], those that are mentioned
  primary key (team_id, report_set_id, item_id),
  foreign key (team_id, report_set_id) references report_sets,
  foreign key (team_id, item_id) references items
);

do $$
declare
  t text;
begin
  foreach t in array array['report_sets', 'reports'] loop
    execute format('alter table %I enable row level security', t);
    execute format(
      'create policy team on %I using (team_id = nullif(current_setting(''app.team'', true), '''')::uuid)', t);
    execute format('grant select, insert on %I to tessera_app', t);
  end loop;
end $$;
