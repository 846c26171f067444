-- Label-noise chains (decision 0043): what each step between an image and its label makes of a class. Never changed.

create table label_chains (
  team_id uuid not null,
  id uuid not null default gen_random_uuid(),
  project_id uuid not null,
  name text not null check (length(name) between 1 and 200),
  note text not null,
  classes text[] not null check (cardinality(classes) >= 2),
  prevalence float8[], -- of each class among all images; null: as the first stage's sample has it
  prevalence_source text not null,
  stages jsonb not null, -- ChainStage[], in their order: kind, counts, source, and the labels that they were counted from
  direct jsonb, -- StageCounts: from the image to the label at once
  created_by uuid not null references users,
  created_at timestamptz not null default clock_timestamp(),
  primary key (team_id, id),
  unique (team_id, project_id, name),
  foreign key (team_id, project_id) references projects
);

alter table label_chains enable row level security;
create policy team on label_chains using (team_id = nullif(current_setting('app.team', true), '')::uuid);
grant select, insert on label_chains to tessera_app;
