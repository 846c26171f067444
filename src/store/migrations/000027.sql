-- Features that were made elsewhere, as bags, and where their tiles are (decision 0051).

alter table imports drop constraint imports_layout_check;
alter table imports add constraint imports_layout_check check (layout in ('kvasir-seg', 'index-masks', 'coco-instances',
  'coco-panoptic', 'nifti', 'class-folders', 'class-csv', 'npz', 'dicom', 'bag-csv', 'slides', 'feature-files'));

-- The file that a bag's features came in. Never updated.
create table bag_sources (
  team_id uuid not null,
  item_id uuid not null, -- the bag
  path text not null, -- as it was sent
  sha256 text not null, -- of the file, which is not kept: its numbers are
  writer text check (writer in ('clam', 'trident')), -- null: the file does not say
  encoder text, -- the net, by the name that the file gives it
  created_at timestamptz not null default clock_timestamp(),
  primary key (team_id, item_id),
  foreign key (team_id, item_id) references items
);

-- The slide that an imported bag's tiles are of, and their places in the order of its rows. Never updated.
create table bag_places (
  team_id uuid not null,
  item_id uuid not null, -- the bag
  slide_item_id uuid not null,
  sha256 text not null, -- the manifest
  created_at timestamptz not null default clock_timestamp(),
  primary key (team_id, item_id),
  foreign key (team_id, item_id) references items,
  foreign key (team_id, slide_item_id) references items,
  foreign key (team_id, sha256) references blobs
);
create index on bag_places (team_id, slide_item_id);

do $$
declare
  t text;
begin
  foreach t in array array['bag_sources', 'bag_places'] loop
    execute format('alter table %I enable row level security', t);
    execute format(
      'create policy team on %I using (team_id = nullif(current_setting(''app.team'', true), '''')::uuid)', t);
  end loop;
end $$;
grant select, insert on bag_sources, bag_places to tessera_app;

-- The bags that are made of a slide's tiles, here or elsewhere, and the manifest whose tiles are a bag's rows; a bag may be made by several jobs.
create view slide_bags with (security_invoker = true) as
  select made.team_id, made.item_id as slide_item_id, made.bag_item_id, made.job_id as made_by, cut.sha256 as manifest_sha256
  from slide_results made
  join slide_jobs job on job.team_id = made.team_id and job.id = made.job_id
  left join slide_results cut on cut.team_id = made.team_id and cut.item_id = made.item_id
    and cut.job_id = (job.request ->> 'tilesJobId')::uuid
  where made.bag_item_id is not null
  union all
  select team_id, slide_item_id, item_id, null, sha256 from bag_places;
grant select on slide_bags to tessera_app;

-- As before, and files of features: the bags hold their numbers.
create or replace function forget_films(p_team uuid) returns text[]
language sql security definer set search_path = public, pg_temp as $$
  with named as (
    select i.state, f ->> 'sha256' as sha256
    from imports i cross join lateral jsonb_array_elements(i.files) f
    where i.team_id = p_team and (
      (i.layout = 'dicom' and f ->> 'path' ~* '\.(dcm|dicom)$')
      or (i.layout in ('slides', 'feature-files') and f ->> 'path' !~* '\.(csv|json|txt)$'))
  ), ended as (
    select sha256 from named group by sha256 having bool_and(state in ('succeeded', 'failed', 'cancelled'))
  ), gone as (
    delete from blobs b using ended e
    where b.team_id = p_team and b.sha256 = e.sha256
      and not exists (select from items i where i.team_id = p_team and e.sha256 in (i.sha256, i.thumbnail_sha256))
      and not exists (select from annotations a where a.team_id = p_team and a.mask_sha256 = e.sha256)
      and not exists (select from weights w where w.team_id = p_team and e.sha256 in (w.sha256, w.graph_sha256))
    returning b.sha256
  )
  select coalesce(array_agg(sha256), '{}') from gone
$$;
