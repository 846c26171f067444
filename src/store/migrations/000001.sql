-- The first schema. team_id leads every key; row-level security is the second lock (the first: every statement names the team).
-- The product connects as tessera_app, which owns nothing. What must see across teams is a `security definer` function.
-- Exceptions that have no team_id, because they come before a team is known: users, sessions. Only functions reach them.

create table teams (
  id uuid primary key default gen_random_uuid(),
  name text not null check (length(name) between 1 and 100),
  created_at timestamptz not null default clock_timestamp()
);

create table users (
  id uuid primary key default gen_random_uuid(),
  email text not null unique check (email = lower(email) and length(email) <= 254),
  name text not null,
  password_hash text not null,
  created_at timestamptz not null default clock_timestamp()
);

create table members (
  team_id uuid not null references teams,
  user_id uuid not null references users,
  role text not null check (role in ('viewer', 'annotator', 'researcher', 'admin')),
  created_at timestamptz not null default clock_timestamp(),
  primary key (team_id, user_id)
);
create index on members (user_id);

create table invitations (
  team_id uuid not null references teams,
  id uuid not null default gen_random_uuid(),
  email text not null,
  role text not null check (role in ('viewer', 'annotator', 'researcher', 'admin')),
  token_hash bytea not null unique,
  invited_by uuid not null references users,
  created_at timestamptz not null default clock_timestamp(),
  expires_at timestamptz not null,
  accepted_at timestamptz,
  primary key (team_id, id)
);

create table sessions (
  token_hash bytea primary key,
  user_id uuid not null references users,
  team_id uuid not null references teams,
  created_at timestamptz not null default clock_timestamp(),
  expires_at timestamptz not null
);

create table api_tokens (
  team_id uuid not null references teams,
  id uuid not null default gen_random_uuid(),
  user_id uuid not null references users,
  name text not null,
  role text not null check (role in ('viewer', 'annotator', 'researcher', 'admin')),
  token_hash bytea not null unique,
  created_at timestamptz not null default clock_timestamp(),
  expires_at timestamptz,
  last_used_at timestamptz,
  revoked_at timestamptz,
  primary key (team_id, id)
);

create table projects (
  team_id uuid not null references teams,
  id uuid not null default gen_random_uuid(),
  name text not null check (length(name) between 1 and 200),
  created_at timestamptz not null default clock_timestamp(),
  primary key (team_id, id),
  unique (team_id, name)
);

-- What a team has stored. The bytes are in the object store under team/sha256; this row is what makes them visible.
create table blobs (
  team_id uuid not null references teams,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  size bigint not null,
  media_type text not null,
  created_at timestamptz not null default clock_timestamp(),
  primary key (team_id, sha256)
);

create table datasets (
  team_id uuid not null,
  id uuid not null default gen_random_uuid(),
  project_id uuid not null,
  name text not null check (length(name) between 1 and 200),
  modality text not null,
  created_at timestamptz not null default clock_timestamp(),
  primary key (team_id, id),
  unique (team_id, project_id, name),
  foreign key (team_id, project_id) references projects
);

create table items (
  team_id uuid not null,
  id uuid not null default gen_random_uuid(),
  dataset_id uuid not null,
  name text not null,
  sha256 text not null, -- the origin file
  thumbnail_sha256 text not null,
  width integer not null check (width > 0),
  height integer not null check (height > 0),
  subject text not null, -- the item's own name where the source names none
  subject_known boolean not null,
  site text,
  spacing_mm float8,
  created_at timestamptz not null default clock_timestamp(),
  primary key (team_id, id),
  unique (team_id, dataset_id, sha256),
  unique (team_id, dataset_id, name),
  foreign key (team_id, dataset_id) references datasets,
  foreign key (team_id, sha256) references blobs,
  foreign key (team_id, thumbnail_sha256) references blobs
);

create table label_schemas (
  team_id uuid not null,
  id uuid not null default gen_random_uuid(),
  dataset_id uuid not null,
  task text not null check (task in ('segmentation', 'classification')),
  classes text[] not null check (cardinality(classes) between 1 and 100),
  created_at timestamptz not null default clock_timestamp(),
  primary key (team_id, id),
  unique (team_id, dataset_id, task, classes),
  foreign key (team_id, dataset_id) references datasets
);

-- One reader's opinion on one item; never overwritten.
create table annotations (
  team_id uuid not null,
  id uuid not null default gen_random_uuid(),
  item_id uuid not null,
  schema_id uuid not null,
  reader text not null,
  mask_sha256 text not null, -- PNG, 8-bit grey: 0 background, 255 foreground
  region_pixels bigint[] not null, -- per class, at the origin's size
  components integer[] not null,
  boxes jsonb, -- as the source gave them: [{"label", "xmin", "ymin", "xmax", "ymax"}]
  created_at timestamptz not null default clock_timestamp(),
  primary key (team_id, id),
  foreign key (team_id, item_id) references items,
  foreign key (team_id, schema_id) references label_schemas,
  foreign key (team_id, mask_sha256) references blobs
);
create index on annotations (team_id, item_id);

-- Numbered, immutable, content-addressed; content_hash covers the labels, chain_hash covers content_hash + the parent's chain_hash.
create table label_versions (
  team_id uuid not null,
  id uuid not null default gen_random_uuid(),
  dataset_id uuid not null,
  schema_id uuid not null,
  number integer not null check (number >= 1),
  parent_id uuid,
  rule text not null, -- how the labels were made from annotations, in words
  note text not null,
  items integer not null,
  content_hash text not null,
  chain_hash text not null,
  created_at timestamptz not null default clock_timestamp(),
  primary key (team_id, id),
  unique (team_id, dataset_id, number),
  foreign key (team_id, dataset_id) references datasets,
  foreign key (team_id, schema_id) references label_schemas,
  foreign key (team_id, parent_id) references label_versions
);

create table labels (
  team_id uuid not null,
  label_version_id uuid not null,
  item_id uuid not null,
  annotation_id uuid not null,
  primary key (team_id, label_version_id, item_id),
  foreign key (team_id, label_version_id) references label_versions,
  foreign key (team_id, item_id) references items,
  foreign key (team_id, annotation_id) references annotations
);

create table splits (
  team_id uuid not null,
  id uuid not null default gen_random_uuid(),
  dataset_id uuid not null,
  name text not null,
  rule text not null,
  subjects_known boolean not null,
  content_hash text not null,
  created_at timestamptz not null default clock_timestamp(),
  primary key (team_id, id),
  unique (team_id, dataset_id, name),
  foreign key (team_id, dataset_id) references datasets
);

create table split_items (
  team_id uuid not null,
  split_id uuid not null,
  item_id uuid not null,
  subject text not null,
  fold text not null check (fold in ('train', 'validation', 'test')),
  primary key (team_id, split_id, item_id),
  foreign key (team_id, split_id) references splits,
  foreign key (team_id, item_id) references items
);
create index on split_items (team_id, split_id, fold);

-- A set of uploaded files to be taken in. `files` maps paths to blobs: [{"path", "sha256"}].
create table imports (
  team_id uuid not null,
  id uuid not null default gen_random_uuid(),
  dataset_id uuid not null,
  layout text not null check (layout in ('kvasir-seg')),
  reader text not null,
  files jsonb not null,
  state text not null default 'queued' check (state in ('queued', 'running', 'succeeded', 'failed', 'cancelled')),
  cancel_requested boolean not null default false,
  attempt integer not null default 0,
  worker_id uuid,
  lease_until timestamptz,
  total integer not null default 0,
  done integer not null default 0,
  added integer not null default 0,
  duplicates integer not null default 0,
  refused integer not null default 0,
  label_version_id uuid,
  split_id uuid,
  error text,
  created_at timestamptz not null default clock_timestamp(),
  finished_at timestamptz,
  primary key (team_id, id),
  foreign key (team_id, dataset_id) references datasets
);

create table import_problems (
  team_id uuid not null,
  import_id uuid not null,
  path text not null,
  code text not null,
  message text not null,
  primary key (team_id, import_id, path),
  foreign key (team_id, import_id) references imports
);

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
