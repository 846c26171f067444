-- Slides as items, and what workers make of them: the places of their tiles, and bags of features (decision 0047).

alter table items drop constraint items_kind_check;
alter table items add constraint items_kind_check check (kind in ('image', 'bag', 'slide'));

alter table imports drop constraint imports_layout_check;
alter table imports add constraint imports_layout_check check (layout in ('kvasir-seg', 'index-masks', 'coco-instances',
  'coco-panoptic', 'nifti', 'class-folders', 'class-csv', 'npz', 'dicom', 'bag-csv', 'slides'));

-- What the file of a slide says of itself; nothing of it names a patient.
create table slides (
  team_id uuid not null,
  item_id uuid not null,
  format text not null, -- OpenSlide's vendor, or 'picture'
  levels jsonb not null, -- [{"width", "height", "downsample"}], finest first
  magnification float8,
  microns_x float8, -- per pixel of level 0; null: neither file nor table says
  microns_y float8,
  scale_of text check (scale_of in ('file', 'table')),
  primary key (team_id, item_id),
  foreign key (team_id, item_id) references items,
  check (num_nulls(microns_x, microns_y, scale_of) in (0, 3))
);

-- The queue: slides to cut into tiles, and tiles to make features of.
create table slide_jobs (
  team_id uuid not null,
  id uuid not null default gen_random_uuid(),
  dataset_id uuid not null,
  kind text not null check (kind in ('tiles', 'features')),
  request jsonb not null, -- SlideRequest
  state text not null default 'queued' check (state in ('queued', 'running', 'succeeded', 'failed', 'cancelled')),
  attempt integer not null default 0,
  worker_id uuid,
  lease_until timestamptz,
  lost_workers integer not null default 0,
  total integer not null default 0, -- slides
  done integer not null default 0,
  tiles bigint not null default 0, -- that were read, and in how much time, in all attempts; of the slides that are done
  seconds float8 not null default 0,
  bag_dataset_id uuid, -- of features: the dataset of their bags, once it is there
  error text,
  created_by uuid not null references users,
  created_at timestamptz not null default clock_timestamp(),
  finished_at timestamptz,
  primary key (team_id, id),
  foreign key (team_id, dataset_id) references datasets,
  foreign key (team_id, bag_dataset_id) references datasets
);
create index on slide_jobs (team_id, dataset_id, created_at);
create index on slide_jobs (team_id, created_at, id) where state in ('queued', 'running');

-- One per slide that is done: a job that begins again goes on with the others. Never updated.
create table slide_results (
  team_id uuid not null,
  job_id uuid not null,
  item_id uuid not null,
  sha256 text, -- of tiles: the manifest; of features: the bag; null where the slide has an error
  overlay_sha256 text, -- of tiles: the mask of tissue
  bag_item_id uuid, -- of features
  tiles integer not null default 0,
  seconds float8 not null,
  facts jsonb, -- of tiles: {"places", "droppedTissue", "droppedBlurred", "tissueShare", "penShare", "threshold"}
  error text,
  created_at timestamptz not null default clock_timestamp(),
  primary key (team_id, job_id, item_id),
  foreign key (team_id, job_id) references slide_jobs,
  foreign key (team_id, item_id) references items,
  foreign key (team_id, sha256) references blobs,
  foreign key (team_id, overlay_sha256) references blobs,
  foreign key (team_id, bag_item_id) references items,
  check ((sha256 is null) = (error is not null))
);

do $$
declare
  t text;
begin
  foreach t in array array['slides', 'slide_jobs', 'slide_results'] loop
    execute format('alter table %I enable row level security', t);
    execute format(
      'create policy team on %I using (team_id = nullif(current_setting(''app.team'', true), '''')::uuid)', t);
  end loop;
end $$;
grant select, insert on slides, slide_results to tessera_app;
grant select, insert, update on slide_jobs to tessera_app;

create function claim_slide_job(p_team uuid, p_worker uuid, p_lease_seconds float8) returns jsonb
language plpgsql set search_path = public, pg_temp as $$
declare
  next uuid;
  claim jsonb;
begin
  perform set_config('app.team', p_team::text, true);
  update slide_jobs set worker_id = null, lease_until = null, lost_workers = lost_workers + 1,
    state = case when lost_workers >= 4 then 'failed' else 'queued' end,
    error = case when lost_workers >= 4 then 'Five workers were lost over this. Look at their logs, then ask again.' end,
    finished_at = case when lost_workers >= 4 then clock_timestamp() end
  where (team_id, id) in (
    select team_id, id from slide_jobs
    where team_id = p_team and state = 'running' and lease_until < clock_timestamp() for update skip locked);

  select id into next from slide_jobs where team_id = p_team and state = 'queued'
  order by created_at, id limit 1 for update skip locked;
  if not found then return null; end if;
  update slide_jobs set state = 'running', attempt = attempt + 1, worker_id = p_worker,
    lease_until = clock_timestamp() + make_interval(secs => p_lease_seconds)
  where team_id = p_team and id = next
  returning jsonb_build_object('id', id, 'attempt', attempt, 'kind', kind, 'request', request, 'datasetId', dataset_id,
    'createdBy', created_by) into claim;
  return claim;
end $$;

-- Progress comes with the heartbeat. False: another attempt has it, or it was cancelled.
create function renew_slide_job(p_team uuid, p_job uuid, p_attempt integer, p_lease_seconds float8, p_done integer,
  p_total integer, p_tiles bigint, p_seconds float8)
returns boolean language plpgsql set search_path = public, pg_temp as $$
begin
  perform set_config('app.team', p_team::text, true);
  update slide_jobs set lease_until = clock_timestamp() + make_interval(secs => p_lease_seconds), done = p_done, total = p_total,
    tiles = p_tiles, seconds = p_seconds
  where team_id = p_team and id = p_job and attempt = p_attempt and state = 'running';
  return found;
end $$;

create function finish_slide_job(p_team uuid, p_job uuid, p_attempt integer, p_error text, p_bag_dataset uuid)
returns boolean language plpgsql set search_path = public, pg_temp as $$
declare
  next text := case when p_error is null then 'succeeded' else 'failed' end;
begin
  perform set_config('app.team', p_team::text, true);
  update slide_jobs set state = next, error = p_error, bag_dataset_id = coalesce(p_bag_dataset, bag_dataset_id), worker_id = null,
    lease_until = null, finished_at = clock_timestamp()
  where team_id = p_team and id = p_job and attempt = p_attempt and state = 'running';
  return found or exists (
    select from slide_jobs where team_id = p_team and id = p_job and attempt = p_attempt and state = next);
end $$;

-- By a worker that is stopped on purpose: the next one goes on at once, and no worker counts as lost.
create function give_back_slide_job(p_team uuid, p_job uuid, p_attempt integer) returns boolean
language plpgsql set search_path = public, pg_temp as $$
begin
  perform set_config('app.team', p_team::text, true);
  update slide_jobs set state = 'queued', worker_id = null, lease_until = null
  where team_id = p_team and id = p_job and attempt = p_attempt and state = 'running';
  return found;
end $$;

revoke execute on function claim_slide_job, renew_slide_job, finish_slide_job, give_back_slide_job from public;
grant execute on function claim_slide_job, renew_slide_job, finish_slide_job, give_back_slide_job to tessera_app;

-- As before, and of slides: an uploaded slide may carry its label, and the copy without it is what stays.
create or replace function forget_films(p_team uuid) returns text[]
language sql security definer set search_path = public, pg_temp as $$
  with named as (
    select i.state, f ->> 'sha256' as sha256
    from imports i cross join lateral jsonb_array_elements(i.files) f
    where i.team_id = p_team and (
      (i.layout = 'dicom' and f ->> 'path' ~* '\.(dcm|dicom)$')
      or (i.layout = 'slides' and f ->> 'path' !~* '\.(csv|json|txt)$'))
  ), ended as (
    select sha256 from named group by sha256 having bool_and(state in ('succeeded', 'failed', 'cancelled'))
  ), gone as (
    delete from blobs b using ended e
    where b.team_id = p_team and b.sha256 = e.sha256
      and not exists (select from items i where i.team_id = p_team and e.sha256 in (i.sha256, i.thumbnail_sha256))
      and not exists (select from annotations a where a.team_id = p_team and a.mask_sha256 = e.sha256)
    returning b.sha256
  )
  select coalesce(array_agg(sha256), '{}') from gone
$$;
