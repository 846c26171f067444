-- More import layouts, masks of several classes, and pixels that are not square.

alter table imports drop constraint imports_layout_check;
alter table imports add constraint imports_layout_check
  check (layout in ('kvasir-seg', 'index-masks', 'coco-instances', 'coco-panoptic', 'nifti'));
-- Of volumes: {"low", "high"}, the intensities shown as black and white; null: the volume's own percentiles.
alter table imports add column intensity_window jsonb;

alter table items add column spacing_y_mm float8; -- null: as spacing_mm

-- A mask of one class is 0 and 255; of several, the pixel value is class index + 1, so that there are at most 254.
alter table label_schemas drop constraint label_schemas_classes_check;
alter table label_schemas add constraint label_schemas_classes_check check (cardinality(classes) between 1 and 254);

-- As before, with the window.
create or replace function claim_import(p_team uuid, p_worker uuid, p_lease_seconds float8) returns jsonb
language plpgsql set search_path = public, pg_temp as $$
declare
  import imports;
begin
  perform set_config('app.team', p_team::text, true);
  update workers set seen_at = clock_timestamp() where team_id = p_team and id = p_worker;
  for import in
    select * from imports where team_id = p_team and state = 'running' and lease_until < clock_timestamp()
    order by created_at, id for update skip locked
  loop
    update imports set worker_id = null, lease_until = null, lost_workers = import.lost_workers + 1,
      state = case when cancel_requested then 'cancelled' when import.lost_workers >= 4 then 'failed' else 'queued' end,
      error = case when import.lost_workers >= 4 and not cancel_requested then 'Five workers were lost during this import. Look at their logs, then start it again.' end,
      finished_at = case when cancel_requested or import.lost_workers >= 4 then clock_timestamp() end
    where team_id = p_team and id = import.id;
  end loop;

  select * into import from imports where team_id = p_team and state = 'queued'
  order by created_at, id limit 1 for update skip locked;
  if not found then return null; end if;
  update imports set state = 'running', attempt = import.attempt + 1, worker_id = p_worker,
    lease_until = clock_timestamp() + make_interval(secs => p_lease_seconds)
  where team_id = p_team and id = import.id;
  return jsonb_build_object('id', import.id, 'attempt', import.attempt + 1, 'datasetId', import.dataset_id,
    'layout', import.layout, 'reader', import.reader, 'files', import.files, 'total', import.total, 'done', import.done,
    'intensityWindow', import.intensity_window);
end $$;
