-- Bags of tiles as items: the features of a slide's tiles, made elsewhere. Of a bag, width is features and height is tiles.

alter table items add column kind text not null default 'image' check (kind in ('image', 'bag'));

alter table imports drop constraint imports_layout_check;
alter table imports add constraint imports_layout_check check (layout in ('kvasir-seg', 'index-masks', 'coco-instances',
  'coco-panoptic', 'nifti', 'class-folders', 'class-csv', 'npz', 'dicom', 'bag-csv'));

-- A cross-validated experiment: its runs of one seed are on one split, a fold of a repeat. Its own split is the first of them.
create table experiment_splits (
  team_id uuid not null,
  experiment_id uuid not null,
  seed integer not null,
  repeat integer not null check (repeat >= 1),
  fold integer not null check (fold >= 1),
  split_id uuid not null,
  primary key (team_id, experiment_id, seed),
  unique (team_id, experiment_id, repeat, fold),
  foreign key (team_id, experiment_id) references experiments,
  foreign key (team_id, split_id) references splits
);
alter table experiment_splits enable row level security;
create policy team on experiment_splits using (team_id = nullif(current_setting('app.team', true), '')::uuid);
grant select, insert on experiment_splits to tessera_app;
