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

-- As before, of images alone: a bag of tiles has no picture. Some items that have no hash of this version yet, as [{"itemId", "sha256"}], of the picture to hash: the item's own where its
-- sides are at most p_side (a thumbnail is compressed, which small pictures suffer from), else its thumbnail's; null where all have one, or another worker
-- has the lease. A worker that asks again keeps it.
create or replace function claim_hashing(p_team uuid, p_worker uuid, p_lease_seconds float8, p_version integer, p_most integer, p_side integer)
returns jsonb
language plpgsql set search_path = public, pg_temp as $$
declare
  claimed jsonb;
begin
  perform set_config('app.team', p_team::text, true);
  select jsonb_agg(jsonb_build_object('itemId', i.id, 'sha256', i.picture)) into claimed
  from (
    select id, case when greatest(width, height) <= p_side then sha256 else thumbnail_sha256 end as picture from items
    where team_id = p_team and kind = 'image' and not exists (
      select from item_hashes h where h.team_id = items.team_id and h.item_id = items.id and h.version = p_version)
    order by id limit p_most) i;
  if claimed is null then return null; end if;
  insert into hashing_leases as l (team_id, worker_id, lease_until)
  values (p_team, p_worker, clock_timestamp() + make_interval(secs => p_lease_seconds))
  on conflict (team_id) do update set worker_id = excluded.worker_id, lease_until = excluded.lease_until
  where l.worker_id = p_worker or l.lease_until < clock_timestamp();
  if not found then return null; end if;
  return claimed;
end $$;
