-- Experiments and runs: who trains what, what a training said, and what it scored.

create table workers (
  team_id uuid not null references teams,
  id uuid not null default gen_random_uuid(),
  name text not null,
  device text not null,
  version text not null, -- TensorFlow and Tessera
  started_at timestamptz not null default clock_timestamp(),
  seen_at timestamptz not null default clock_timestamp(),
  stopped_at timestamptz,
  primary key (team_id, id)
);

create table experiments (
  team_id uuid not null,
  id uuid not null default gen_random_uuid(),
  project_id uuid not null,
  name text not null check (length(name) between 1 and 200),
  question text not null,
  dataset_id uuid not null,
  label_version_id uuid not null,
  split_id uuid not null,
  base jsonb not null,
  arms jsonb not null, -- [{"name", "changes"}], in the order shown
  seeds integer[] not null,
  equivalence_margin float8, -- declared before the runs; null: no equivalence claim
  created_by uuid not null references users,
  created_at timestamptz not null default clock_timestamp(),
  primary key (team_id, id),
  unique (team_id, project_id, name),
  foreign key (team_id, project_id) references projects,
  foreign key (team_id, dataset_id) references datasets,
  foreign key (team_id, label_version_id) references label_versions,
  foreign key (team_id, split_id) references splits
);

create table runs (
  team_id uuid not null,
  id uuid not null default gen_random_uuid(),
  project_id uuid not null,
  experiment_id uuid,
  source text not null default 'tessera' check (source in ('tessera', 'foreign')),
  name text not null,
  arm text not null,
  seed integer not null,
  configuration jsonb not null,
  dataset_id uuid, -- a foreign run may name none of the four
  label_version_id uuid,
  split_id uuid,
  starting_run_id uuid, -- whose best checkpoint gives the starting weights; the run waits for it
  code_commit text not null,
  state text not null default 'queued' check (state in ('queued', 'running', 'succeeded', 'failed', 'cancelled')),
  attempt integer not null default 0,
  attempts_left integer not null default 5, -- unplanned ends a run may still survive
  worker_id uuid,
  lease_until timestamptz,
  cancel_requested boolean not null default false,
  phase text not null default '',
  step bigint not null default 0,
  total_steps bigint not null default 0,
  error text,
  revision bigint not null default 0, -- grows with every change but a renewed lease: what a subscription watches
  created_by uuid not null references users,
  created_at timestamptz not null default clock_timestamp(),
  started_at timestamptz,
  finished_at timestamptz,
  primary key (team_id, id),
  foreign key (team_id, project_id) references projects,
  foreign key (team_id, experiment_id) references experiments,
  foreign key (team_id, dataset_id) references datasets,
  foreign key (team_id, label_version_id) references label_versions,
  foreign key (team_id, split_id) references splits,
  foreign key (team_id, starting_run_id) references runs,
  check (source = 'foreign' or (dataset_id is not null and label_version_id is not null and split_id is not null))
);
create index on runs (team_id, experiment_id);
create index on runs (team_id, created_at, id);
create index on runs (team_id, state, created_at) where state in ('queued', 'running');
create index on runs (team_id, starting_run_id) where starting_run_id is not null;
create unique index on runs (team_id, experiment_id, arm, seed) where experiment_id is not null;

create table attempts (
  team_id uuid not null,
  run_id uuid not null,
  attempt integer not null,
  worker_id uuid,
  resumed_step bigint not null default 0, -- points of earlier attempts after this step are superseded
  started_at timestamptz not null default clock_timestamp(),
  ended_at timestamptz,
  outcome text check (outcome in ('succeeded', 'failed', 'cancelled', 'lost', 'stopped')), -- stopped: its worker was, on purpose
  error text,
  primary key (team_id, run_id, attempt),
  foreign key (team_id, run_id) references runs
);

-- One row per acknowledged batch of events: the reason a batch is applied once.
create table ingest_batches (
  team_id uuid not null,
  run_id uuid not null,
  attempt integer not null,
  sequence bigint not null,
  received_at timestamptz not null default clock_timestamp(),
  primary key (team_id, run_id, attempt, sequence),
  foreign key (team_id, run_id) references runs
);

-- Append-only. What an older attempt wrote after a newer attempt's resumed_step is hidden when read, never deleted.
create table metric_chunks (
  team_id uuid not null,
  run_id uuid not null,
  series text not null,
  attempt integer not null,
  sequence bigint not null,
  part integer not null, -- position of the event in its batch
  first_step bigint not null,
  last_step bigint not null,
  steps bigint[] not null,
  point_values float8[] not null,
  received_at timestamptz not null default clock_timestamp(),
  primary key (team_id, run_id, series, attempt, sequence, part),
  foreign key (team_id, run_id) references runs,
  check (cardinality(steps) = cardinality(point_values) and cardinality(steps) > 0)
);

create table metric_last (
  team_id uuid not null,
  run_id uuid not null,
  series text not null,
  step bigint not null,
  value float8 not null,
  primary key (team_id, run_id, series),
  foreign key (team_id, run_id) references runs
);

create table run_logs (
  team_id uuid not null,
  run_id uuid not null,
  attempt integer not null,
  sequence bigint not null,
  part integer not null,
  level text not null,
  message text not null,
  logged_at timestamptz not null default clock_timestamp(),
  primary key (team_id, run_id, attempt, sequence, part),
  foreign key (team_id, run_id) references runs
);

create table run_samples (
  team_id uuid not null,
  run_id uuid not null,
  epoch integer not null,
  item_id uuid not null,
  attempt integer not null,
  step bigint not null,
  sha256 text not null,
  dice float8,
  primary key (team_id, run_id, epoch, item_id, attempt),
  foreign key (team_id, run_id) references runs,
  foreign key (team_id, item_id) references items
);

create table checkpoints (
  team_id uuid not null,
  run_id uuid not null,
  kind text not null check (kind in ('latest', 'best')),
  attempt integer not null,
  step bigint not null,
  epoch integer not null,
  sha256 text not null,
  validation_dice float8,
  created_at timestamptz not null default clock_timestamp(),
  primary key (team_id, run_id, kind, attempt, step),
  foreign key (team_id, run_id) references runs
);

-- scoring counts how often this run scored this fold: 1 is the first; a second scoring of test is recorded and shown.
create table evaluations (
  team_id uuid not null,
  id uuid not null default gen_random_uuid(),
  run_id uuid not null,
  attempt integer not null,
  fold text not null check (fold in ('validation', 'test')),
  scoring integer not null,
  label_version_id uuid not null,
  split_id uuid not null,
  checkpoint_step bigint not null,
  size integer not null, -- side of the square the counts were taken at, pixels
  threshold float8 not null,
  items integer not null,
  created_at timestamptz not null default clock_timestamp(),
  primary key (team_id, id),
  unique (team_id, run_id, fold, scoring),
  foreign key (team_id, run_id) references runs
);

create table evaluation_items (
  team_id uuid not null,
  evaluation_id uuid not null,
  item_id uuid not null,
  class_index integer not null,
  true_positives bigint not null,
  false_positives bigint not null,
  false_negatives bigint not null,
  true_negatives bigint not null,
  truth_components integer not null,
  predicted_components integer not null,
  prediction_sha256 text not null,
  primary key (team_id, evaluation_id, item_id, class_index),
  foreign key (team_id, evaluation_id) references evaluations,
  foreign key (team_id, item_id) references items
);
