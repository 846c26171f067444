-- Inspections: questions to the weights of runs, each answered once by a worker and kept (docs/decisions/0032).

create table inspections (
  team_id uuid not null,
  id uuid not null default gen_random_uuid(),
  kind text not null, -- one of src/domain/inspections/kinds.ts
  request jsonb not null,
  request_key text not null, -- of kind, its version, the request and the checkpoints
  run_ids uuid[] not null check (cardinality(run_ids) > 0),
  checkpoints jsonb not null, -- the best ones when it was asked: [{"runId", "sha256", "step"}]
  state text not null default 'queued' check (state in ('queued', 'running', 'succeeded', 'failed', 'cancelled')),
  attempt integer not null default 0,
  worker_id uuid,
  lease_until timestamptz,
  lost_workers integer not null default 0,
  total integer not null default 0, -- parts of the work, as its computation counts them; 0: not known yet
  done integer not null default 0,
  error text,
  result jsonb,
  created_by uuid not null references users,
  created_at timestamptz not null default clock_timestamp(),
  finished_at timestamptz,
  primary key (team_id, id),
  unique (team_id, request_key),
  check ((state = 'succeeded') = (result is not null))
);
create index on inspections using gin (run_ids);
create index on inspections (team_id, created_at, id) where state in ('queued', 'running');

alter table inspections enable row level security;
create policy team on inspections using (team_id = nullif(current_setting('app.team', true), '')::uuid);
grant select, insert, update on inspections to tessera_app;

-- The one that has waited longest, or whose worker was lost.
create function claim_inspection(p_team uuid, p_worker uuid, p_lease_seconds float8) returns jsonb
language plpgsql set search_path = public, pg_temp as $$
declare
  next uuid;
  claim jsonb;
begin
  perform set_config('app.team', p_team::text, true);
  update inspections set worker_id = null, lease_until = null, lost_workers = lost_workers + 1,
    state = case when lost_workers >= 4 then 'failed' else 'queued' end,
    error = case when lost_workers >= 4 then 'Five workers were lost while they made this inspection. Look at their logs, then try it again.' end,
    finished_at = case when lost_workers >= 4 then clock_timestamp() end
  where (team_id, id) in (
    select team_id, id from inspections
    where team_id = p_team and state = 'running' and lease_until < clock_timestamp() for update skip locked);

  select id into next from inspections where team_id = p_team and state = 'queued'
  order by created_at, id limit 1 for update skip locked;
  if not found then return null; end if;
  update inspections set state = 'running', attempt = attempt + 1, worker_id = p_worker, done = 0,
    lease_until = clock_timestamp() + make_interval(secs => p_lease_seconds)
  where team_id = p_team and id = next
  returning jsonb_build_object('id', id, 'attempt', attempt, 'kind', kind, 'request', request, 'runIds', run_ids,
    'checkpoints', checkpoints) into claim;
  return claim;
end $$;

-- Progress comes with the heartbeat. False: cancelled, or another attempt has it.
create function renew_inspection(
  p_team uuid, p_inspection uuid, p_attempt integer, p_lease_seconds float8, p_done integer, p_total integer) returns boolean
language plpgsql set search_path = public, pg_temp as $$
begin
  perform set_config('app.team', p_team::text, true);
  update inspections set lease_until = clock_timestamp() + make_interval(secs => p_lease_seconds),
    done = p_done, total = p_total
  where team_id = p_team and id = p_inspection and attempt = p_attempt and state = 'running';
  return found;
end $$;

-- The answer and the files that it names, at once. Told twice, it is one answer. The result is null where there is an error.
create function finish_inspection(
  p_team uuid, p_inspection uuid, p_attempt integer, p_result jsonb, p_blobs jsonb, p_error text) returns boolean
language plpgsql set search_path = public, pg_temp as $$
declare
  ended text := case when p_error is null then 'succeeded' else 'failed' end;
begin
  perform set_config('app.team', p_team::text, true);
  update inspections set state = ended, result = p_result, error = p_error, worker_id = null, lease_until = null,
    done = case when p_error is null then total else done end, finished_at = clock_timestamp()
  where team_id = p_team and id = p_inspection and attempt = p_attempt and state = 'running';
  if not found then
    return exists (
      select from inspections where team_id = p_team and id = p_inspection and attempt = p_attempt and state = ended);
  end if;
  insert into blobs (team_id, sha256, size, media_type)
  select p_team, b.sha256, b.size, b."mediaType"
  from jsonb_to_recordset(p_blobs) as b (sha256 text, size bigint, "mediaType" text)
  on conflict do nothing;
  return true;
end $$;

-- By a worker that is stopped on purpose: the next one begins it again, and no worker counts as lost.
create function give_back_inspection(p_team uuid, p_inspection uuid, p_attempt integer) returns boolean
language plpgsql set search_path = public, pg_temp as $$
begin
  perform set_config('app.team', p_team::text, true);
  update inspections set state = 'queued', worker_id = null, lease_until = null
  where team_id = p_team and id = p_inspection and attempt = p_attempt and state = 'running';
  return found;
end $$;

revoke execute on function
  claim_inspection, renew_inspection, finish_inspection, give_back_inspection
from public;
grant execute on function
  claim_inspection, renew_inspection, finish_inspection, give_back_inspection
to tessera_app;
