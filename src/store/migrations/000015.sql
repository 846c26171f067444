-- Weights that a team imported, to start runs from.

create table weights (
  team_id uuid not null references teams,
  id uuid not null default gen_random_uuid(),
  name text not null check (name <> ''),
  source text not null, -- where they are from, in the words of who imported them
  family text not null, -- as model.family of a configuration
  model jsonb not null, -- family, size, alpha and number of logits: what src/domain/weights recognised
  sha256 text not null, -- of the safetensors file
  graph_sha256 text not null, -- of the list of its layers
  report jsonb not null, -- loaded, adapted and skipped tensors, dead filters
  created_by uuid not null references users,
  created_at timestamptz not null default clock_timestamp(),
  primary key (team_id, id),
  unique (team_id, name),
  foreign key (team_id, sha256) references blobs,
  foreign key (team_id, graph_sha256) references blobs
);
alter table weights enable row level security;
create policy team on weights using (team_id = nullif(current_setting('app.team', true), '')::uuid);
grant select, insert on weights to tessera_app;
