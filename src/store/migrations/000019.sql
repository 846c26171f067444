-- Every reader's opinion, and label versions made of opinions by a rule (decision 0038). Workers make them, and compare masks.

alter table annotations add column reader_kind text not null default 'person'
  check (reader_kind in ('person', 'report', 'program'));
alter table imports add column reader_kind text not null default 'person'
  check (reader_kind in ('person', 'report', 'program'));

-- The queue: versions to be made, and masks to be compared.
create table label_jobs (
  team_id uuid not null,
  id uuid not null default gen_random_uuid(),
  dataset_id uuid not null,
  schema_id uuid not null,
  kind text not null check (kind in ('makeVersion', 'compareVersions', 'compareReaders')),
  request jsonb not null, -- LabelRequest
  state text not null default 'queued' check (state in ('queued', 'running', 'succeeded', 'failed', 'cancelled')),
  attempt integer not null default 0,
  worker_id uuid,
  lease_until timestamptz,
  lost_workers integer not null default 0,
  total integer not null default 0, -- items, or pairs of masks
  done integer not null default 0,
  label_version_id uuid, -- once it has made one
  error text,
  created_by uuid not null references users,
  created_at timestamptz not null default clock_timestamp(),
  finished_at timestamptz,
  primary key (team_id, id),
  foreign key (team_id, dataset_id) references datasets,
  foreign key (team_id, schema_id) references label_schemas,
  foreign key (team_id, label_version_id) references label_versions
);
create index on label_jobs (team_id, dataset_id, created_at);
create index on label_jobs (team_id, created_at, id) where state in ('queued', 'running');

-- Made by a rule, not a reader's own opinion: no rule and no measure of agreement reads it.
alter table annotations add column made_by uuid;
alter table annotations add foreign key (team_id, made_by) references label_jobs;
create index on annotations (team_id, schema_id, item_id);
create index on annotations (team_id, made_by) where made_by is not null;

alter table label_versions add column pinned jsonb; -- PinnedRule; null: made before there were rules
alter table label_versions add column source_id uuid; -- the version that the rule was given
alter table label_versions add column result jsonb; -- RuleResult
alter table label_versions add foreign key (team_id, source_id) references label_versions;
create index on labels (team_id, item_id);

-- Two masks of one item against each other, by content: whichever versions or readers they come from, they are measured once.
create table mask_pairs (
  team_id uuid not null,
  mask_a text not null, -- before mask_b in the order of text
  mask_b text not null,
  classes integer not null, -- of the schema: one file means another thing under another
  class_index integer not null,
  version integer not null, -- maskPairVersion
  pixels_a bigint not null,
  pixels_b bigint not null,
  shared bigint not null,
  hd95 float8, -- pixels; null where either is empty
  primary key (team_id, mask_a, mask_b, classes, version, class_index),
  foreign key (team_id, mask_a) references blobs,
  foreign key (team_id, mask_b) references blobs,
  check (mask_a collate "C" < mask_b collate "C")
);

do $$
declare
  t text;
begin
  foreach t in array array['label_jobs', 'mask_pairs'] loop
    execute format('alter table %I enable row level security', t);
    execute format(
      'create policy team on %I using (team_id = nullif(current_setting(''app.team'', true), '''')::uuid)', t);
  end loop;
end $$;
grant select, insert on mask_pairs to tessera_app;
grant select, insert, update on label_jobs to tessera_app;

-- A run's test fold may be scored on other labels than those that it learns from and is selected by.
alter table experiments add column evaluation_label_version_id uuid;
alter table experiments add foreign key (team_id, evaluation_label_version_id) references label_versions;
alter table runs add column evaluation_label_version_id uuid;
alter table runs add foreign key (team_id, evaluation_label_version_id) references label_versions;

-- Whatever ingests a test evaluation, it says which labels it was scored on: those that the run was given for it.
create function name_evaluation_labels() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  new.label_version_id := coalesce((
    select evaluation_label_version_id from runs where team_id = new.team_id and id = new.run_id and new.fold = 'test'),
    new.label_version_id);
  return new;
end $$;
create trigger name_evaluation_labels before insert on evaluations for each row execute function name_evaluation_labels();
revoke execute on function name_evaluation_labels from public;

create function claim_label_job(p_team uuid, p_worker uuid, p_lease_seconds float8) returns jsonb
language plpgsql set search_path = public, pg_temp as $$
declare
  next uuid;
  claim jsonb;
begin
  perform set_config('app.team', p_team::text, true);
  update label_jobs set worker_id = null, lease_until = null, lost_workers = lost_workers + 1,
    state = case when lost_workers >= 4 then 'failed' else 'queued' end,
    error = case when lost_workers >= 4 then 'Five workers were lost over this. Look at their logs, then ask again.' end,
    finished_at = case when lost_workers >= 4 then clock_timestamp() end
  where (team_id, id) in (
    select team_id, id from label_jobs
    where team_id = p_team and state = 'running' and lease_until < clock_timestamp() for update skip locked);

  select id into next from label_jobs where team_id = p_team and state = 'queued'
  order by created_at, id limit 1 for update skip locked;
  if not found then return null; end if;
  update label_jobs j set state = 'running', attempt = j.attempt + 1, worker_id = p_worker,
    lease_until = clock_timestamp() + make_interval(secs => p_lease_seconds)
  from label_schemas s
  where j.team_id = p_team and j.id = next and s.team_id = j.team_id and s.id = j.schema_id
  returning jsonb_build_object('id', j.id, 'attempt', j.attempt, 'kind', j.kind, 'request', j.request,
    'datasetId', j.dataset_id, 'schemaId', s.id, 'task', s.task, 'classes', to_jsonb(s.classes), 'exclusive', s.exclusive)
  into claim;
  return claim;
end $$;

-- Progress comes with the heartbeat. False: another attempt has it, or it was cancelled.
create function renew_label_job(p_team uuid, p_job uuid, p_attempt integer, p_lease_seconds float8, p_done integer, p_total integer)
returns boolean language plpgsql set search_path = public, pg_temp as $$
begin
  perform set_config('app.team', p_team::text, true);
  update label_jobs set lease_until = clock_timestamp() + make_interval(secs => p_lease_seconds), done = p_done, total = p_total
  where team_id = p_team and id = p_job and attempt = p_attempt and state = 'running';
  return found;
end $$;

create function finish_label_job(p_team uuid, p_job uuid, p_attempt integer, p_error text, p_done integer, p_label_version uuid)
returns boolean language plpgsql set search_path = public, pg_temp as $$
declare
  next text := case when p_error is null then 'succeeded' else 'failed' end;
begin
  perform set_config('app.team', p_team::text, true);
  update label_jobs set state = next, error = p_error, label_version_id = p_label_version, worker_id = null, lease_until = null,
    finished_at = clock_timestamp(), done = p_done, total = case when p_error is null then p_done else total end
  where team_id = p_team and id = p_job and attempt = p_attempt and state = 'running';
  return found or exists (
    select from label_jobs where team_id = p_team and id = p_job and attempt = p_attempt and state = next);
end $$;

-- By a worker that is stopped on purpose: the next one goes on at once, and no worker counts as lost.
create function give_back_label_job(p_team uuid, p_job uuid, p_attempt integer) returns boolean
language plpgsql set search_path = public, pg_temp as $$
begin
  perform set_config('app.team', p_team::text, true);
  update label_jobs set state = 'queued', worker_id = null, lease_until = null
  where team_id = p_team and id = p_job and attempt = p_attempt and state = 'running';
  return found;
end $$;

revoke execute on function claim_label_job, renew_label_job, finish_label_job, give_back_label_job from public;
grant execute on function claim_label_job, renew_label_job, finish_label_job, give_back_label_job to tessera_app;
