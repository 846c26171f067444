-- Data and labels: files, images, opinions, label versions, splits, and the imports that bring them.

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
