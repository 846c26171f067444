-- A worker that is stopped on purpose gives its import back: only workers that were lost count against it.

alter table imports add column lost_workers integer not null default 0;

-- As before, but counts lost workers apart from attempts, which fence and so never go back.
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
    'layout', import.layout, 'reader', import.reader, 'files', import.files, 'total', import.total, 'done', import.done);
end $$;

-- Back to the queue at once; false where this attempt no longer holds the import.
create function give_back_import(p_team uuid, p_import uuid, p_attempt integer) returns boolean
language plpgsql set search_path = public, pg_temp as $$
begin
  perform set_config('app.team', p_team::text, true);
  update imports set worker_id = null, lease_until = null,
    state = case when cancel_requested then 'cancelled' else 'queued' end,
    finished_at = case when cancel_requested then clock_timestamp() end
  where team_id = p_team and id = p_import and attempt = p_attempt and state = 'running';
  return found;
end $$;

revoke execute on function give_back_import from public;
grant execute on function give_back_import to tessera_app;
