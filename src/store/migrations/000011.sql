-- Masks are measured once and the raw facts kept (src/domain/measures.ts says what of); and predicted masks that a foreign
-- run brings are counted as the platform counts its own.

-- Counts at other thresholds (ThresholdCounts). Null: scored before they were counted, or from a mask without probabilities.
alter table evaluation_items add column threshold_counts jsonb;

-- Of a label version's masks at the size of an evaluation. A raised version is another row; the older one stays.
create table truth_profiles (
  team_id uuid not null,
  label_version_id uuid not null,
  item_id uuid not null,
  class_index integer not null,
  size integer not null, -- side of the square, pixels
  version integer not null, -- measuresVersion
  profile jsonb not null, -- TruthProfile
  created_at timestamptz not null default clock_timestamp(),
  primary key (team_id, label_version_id, size, version, item_id, class_index),
  foreign key (team_id, label_version_id) references label_versions,
  foreign key (team_id, item_id) references items
);

create table prediction_measures (
  team_id uuid not null,
  evaluation_id uuid not null,
  item_id uuid not null,
  class_index integer not null,
  version integer not null,
  measures jsonb not null, -- PredictionMeasures
  created_at timestamptz not null default clock_timestamp(),
  primary key (team_id, evaluation_id, version, item_id, class_index),
  foreign key (team_id, evaluation_id) references evaluations,
  foreign key (team_id, item_id) references items
);

-- The queue: one row per evaluation.
create table measurements (
  team_id uuid not null,
  evaluation_id uuid not null,
  state text not null default 'queued' check (state in ('queued', 'running', 'succeeded', 'failed')),
  attempt integer not null default 0,
  worker_id uuid,
  lease_until timestamptz,
  lost_workers integer not null default 0,
  total integer not null, -- items
  done integer not null default 0,
  error text,
  created_at timestamptz not null default clock_timestamp(),
  finished_at timestamptz,
  primary key (team_id, evaluation_id),
  foreign key (team_id, evaluation_id) references evaluations
);
create index on measurements (team_id, created_at, evaluation_id) where state in ('queued', 'running');

-- Predicted masks of a foreign run, to be counted. `predictions` maps items to blobs: [{"itemId", "sha256"}].
create table prediction_scorings (
  team_id uuid not null,
  id uuid not null default gen_random_uuid(),
  run_id uuid not null,
  label_version_id uuid not null,
  split_id uuid not null,
  fold text not null check (fold in ('validation', 'test')),
  size integer not null check (size > 0), -- side of the square to count at, pixels
  predictions jsonb not null,
  state text not null default 'queued' check (state in ('queued', 'running', 'succeeded', 'failed')),
  attempt integer not null default 0,
  worker_id uuid,
  lease_until timestamptz,
  lost_workers integer not null default 0,
  total integer not null, -- items
  done integer not null default 0,
  evaluation_id uuid, -- once it has succeeded
  error text,
  created_at timestamptz not null default clock_timestamp(),
  finished_at timestamptz,
  primary key (team_id, id),
  foreign key (team_id, run_id) references runs,
  foreign key (team_id, label_version_id) references label_versions,
  foreign key (team_id, split_id) references splits,
  foreign key (team_id, evaluation_id) references evaluations
);
create index on prediction_scorings (team_id, run_id, created_at);
create index on prediction_scorings (team_id, created_at, id) where state in ('queued', 'running');

do $$
declare
  t text;
begin
  foreach t in array array['truth_profiles', 'prediction_measures', 'measurements', 'prediction_scorings'] loop
    execute format('alter table %I enable row level security', t);
    execute format(
      'create policy team on %I using (team_id = nullif(current_setting(''app.team'', true), '''')::uuid)', t);
  end loop;
end $$;

grant select, insert on truth_profiles, prediction_measures to tessera_app;
grant select, insert, update on measurements, prediction_scorings to tessera_app;

create function queue_measurement() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  insert into measurements (team_id, evaluation_id, total) values (new.team_id, new.id, new.items);
  return null;
end $$;

create trigger queue_measurement after insert on evaluations for each row execute function queue_measurement();

-- What was scored before there was a queue.
insert into measurements (team_id, evaluation_id, total, created_at) select team_id, id, items, created_at from evaluations;

-- An evaluation as src/domain/events.ts has it. The caller holds the run's lock, so that no two scorings take one number.
create function insert_evaluation(
  p_team uuid, p_run uuid, p_attempt integer, p_label_version uuid, p_split uuid, p_evaluation jsonb) returns uuid
language plpgsql set search_path = public, pg_temp as $$
declare
  new_evaluation uuid;
begin
  insert into evaluations
    (team_id, run_id, attempt, fold, scoring, label_version_id, split_id, checkpoint_step, size, threshold, items)
  select p_team, p_run, p_attempt, p_evaluation ->> 'fold',
    1 + (select count(*) from evaluations v
      where v.team_id = p_team and v.run_id = p_run and v.fold = p_evaluation ->> 'fold'),
    p_label_version, p_split, (p_evaluation ->> 'checkpointStep')::bigint, (p_evaluation ->> 'size')::integer,
    (p_evaluation ->> 'threshold')::float8,
    (select count(distinct i ->> 'itemId') from jsonb_array_elements(p_evaluation -> 'items') i)
  returning id into new_evaluation;
  insert into evaluation_items
    (team_id, evaluation_id, item_id, class_index, true_positives, false_positives, false_negatives, true_negatives,
     truth_components, predicted_components, prediction_sha256, threshold_counts)
  select p_team, new_evaluation, i."itemId", i."classIndex", i."truePositives", i."falsePositives", i."falseNegatives",
    i."trueNegatives", i."truthComponents", i."predictedComponents", i."predictionSha256", i."thresholdCounts"
  from jsonb_to_recordset(p_evaluation -> 'items') as i (
    "itemId" uuid, "classIndex" integer, "truePositives" bigint, "falsePositives" bigint, "falseNegatives" bigint,
    "trueNegatives" bigint, "truthComponents" integer, "predictedComponents" integer, "predictionSha256" text,
    "thresholdCounts" jsonb);
  return new_evaluation;
end $$;

-- As before, but an evaluation's items keep their counts at other thresholds.
--
-- One batch of events, applied once. The arrays of points come as PostgreSQL's array text: JSON has no NaN.
create or replace function ingest(p_team uuid, p_run uuid, p_attempt integer, p_sequence bigint, p_events jsonb) returns jsonb
language plpgsql set search_path = public, pg_temp as $$
declare
  run runs;
  event jsonb;
  newest bigint; -- last step among the points
  progress jsonb;
begin
  perform set_config('app.team', p_team::text, true);
  -- The row's lock puts batches and claims of one run in a line.
  select * into run from runs where team_id = p_team and id = p_run for update;
  if not found then return jsonb_build_object('status', 'unknown'); end if;
  if exists (select from ingest_batches
      where team_id = p_team and run_id = p_run and attempt = p_attempt and sequence = p_sequence) then
    return jsonb_build_object('status', 'repeated', 'cancelRequested', run.cancel_requested);
  end if;
  if run.attempt <> p_attempt or run.state <> 'running' then
    return jsonb_build_object('status', 'stale', 'state', run.state, 'attempt', run.attempt);
  end if;
  insert into ingest_batches (team_id, run_id, attempt, sequence) values (p_team, p_run, p_attempt, p_sequence);

  with chunk as (
    insert into metric_chunks (team_id, run_id, series, attempt, sequence, part, first_step, last_step, steps, point_values)
    select p_team, p_run, e ->> 'series', p_attempt, p_sequence, part, a.steps[1], a.steps[cardinality(a.steps)], a.steps, a.point_values
    from jsonb_array_elements(p_events) with ordinality as x (e, part)
    cross join lateral (select (e ->> 'steps')::bigint[] as steps, (e ->> 'values')::float8[] as point_values) a
    where e ->> 'type' = 'points'
    returning series, part, last_step, point_values
  ), last as (
    insert into metric_last as m (team_id, run_id, series, step, value)
    select distinct on (series) p_team, p_run, series, last_step, point_values[cardinality(point_values)]
    from chunk order by series, last_step desc, part desc
    on conflict (team_id, run_id, series) do update set step = excluded.step, value = excluded.value where excluded.step >= m.step
  )
  select max(last_step) into newest from chunk;

  insert into run_samples (team_id, run_id, epoch, item_id, attempt, step, sha256, dice)
  select p_team, p_run, s.epoch, s."itemId", p_attempt, s.step, s.sha256, s.dice
  from jsonb_array_elements(p_events) e
  cross join lateral jsonb_to_record(e) as s (epoch integer, "itemId" uuid, step bigint, sha256 text, dice float8)
  where e ->> 'type' = 'sample'
  on conflict do nothing;

  insert into checkpoints (team_id, run_id, kind, attempt, step, epoch, sha256, validation_dice)
  select p_team, p_run, c.kind, p_attempt, c.step, c.epoch, c.sha256, c."validationDice"
  from jsonb_array_elements(p_events) e
  cross join lateral jsonb_to_record(e) as c (kind text, step bigint, epoch integer, sha256 text, "validationDice" float8)
  where e ->> 'type' = 'checkpoint'
  on conflict do nothing;

  insert into run_logs (team_id, run_id, attempt, sequence, part, level, message)
  select p_team, p_run, p_attempt, p_sequence, part, e ->> 'level', e ->> 'message'
  from jsonb_array_elements(p_events) with ordinality as x (e, part)
  where e ->> 'type' = 'log';

  for event in select e from jsonb_array_elements(p_events) e where e ->> 'type' = 'evaluation' loop
    perform insert_evaluation(p_team, p_run, p_attempt, run.label_version_id, run.split_id, event);
  end loop;

  select e into progress from jsonb_array_elements(p_events) with ordinality as x (e, part)
  where e ->> 'type' = 'progress' order by part desc limit 1;
  update runs set
    phase = coalesce(progress ->> 'phase', phase),
    total_steps = coalesce((progress ->> 'totalSteps')::bigint, total_steps),
    step = coalesce((progress ->> 'step')::bigint, greatest(step, newest))
  where team_id = p_team and id = p_run;
  return jsonb_build_object('status', 'applied', 'cancelRequested', run.cancel_requested);
end $$;

-- The oldest evaluation that waits to be measured, or whose worker was lost.
create function claim_measurement(p_team uuid, p_worker uuid, p_lease_seconds float8) returns jsonb
language plpgsql set search_path = public, pg_temp as $$
declare
  next uuid;
  claim jsonb;
begin
  perform set_config('app.team', p_team::text, true);
  update measurements set worker_id = null, lease_until = null, lost_workers = lost_workers + 1,
    state = case when lost_workers >= 4 then 'failed' else 'queued' end,
    error = case when lost_workers >= 4 then 'Five workers were lost while they measured this evaluation. Look at their logs.' end,
    finished_at = case when lost_workers >= 4 then clock_timestamp() end
  where (team_id, evaluation_id) in (
    select team_id, evaluation_id from measurements
    where team_id = p_team and state = 'running' and lease_until < clock_timestamp() for update skip locked);

  select evaluation_id into next from measurements where team_id = p_team and state = 'queued'
  order by created_at, evaluation_id limit 1 for update skip locked;
  if not found then return null; end if;
  update measurements m set state = 'running', attempt = m.attempt + 1, worker_id = p_worker,
    lease_until = clock_timestamp() + make_interval(secs => p_lease_seconds)
  from evaluations e
  join label_versions v on v.team_id = e.team_id and v.id = e.label_version_id
  join label_schemas s on s.team_id = v.team_id and s.id = v.schema_id
  where m.team_id = p_team and m.evaluation_id = next and e.team_id = m.team_id and e.id = m.evaluation_id
  returning jsonb_build_object('evaluationId', next, 'attempt', m.attempt, 'size', e.size, 'labelVersionId', v.id,
    'schemaId', s.id, 'classes', cardinality(s.classes)) into claim;
  return claim;
end $$;

create function renew_measurement(p_team uuid, p_evaluation uuid, p_attempt integer, p_lease_seconds float8) returns boolean
language plpgsql set search_path = public, pg_temp as $$
begin
  perform set_config('app.team', p_team::text, true);
  update measurements set lease_until = clock_timestamp() + make_interval(secs => p_lease_seconds)
  where team_id = p_team and evaluation_id = p_evaluation and attempt = p_attempt and state = 'running';
  return found;
end $$;

-- One batch. Told twice, or measured by a lost worker before, it changes nothing. False: another attempt has it.
create function store_measures(
  p_team uuid, p_evaluation uuid, p_attempt integer, p_version integer, p_profiles jsonb, p_measures jsonb) returns boolean
language plpgsql set search_path = public, pg_temp as $$
begin
  perform set_config('app.team', p_team::text, true);
  perform from measurements
  where team_id = p_team and evaluation_id = p_evaluation and attempt = p_attempt and state = 'running' for update;
  if not found then return false; end if;
  insert into truth_profiles (team_id, label_version_id, item_id, class_index, size, version, profile)
  select p_team, e.label_version_id, p."itemId", p."classIndex", e.size, p_version, p.profile
  from evaluations e, jsonb_to_recordset(p_profiles) as p ("itemId" uuid, "classIndex" integer, profile jsonb)
  where e.team_id = p_team and e.id = p_evaluation
  on conflict do nothing;
  insert into prediction_measures (team_id, evaluation_id, item_id, class_index, version, measures)
  select p_team, p_evaluation, m."itemId", m."classIndex", p_version, m.measures
  from jsonb_to_recordset(p_measures) as m ("itemId" uuid, "classIndex" integer, measures jsonb)
  on conflict do nothing;
  update measurements set done = (
    select count(distinct item_id) from prediction_measures
    where team_id = p_team and evaluation_id = p_evaluation and version = p_version)
  where team_id = p_team and evaluation_id = p_evaluation;
  return true;
end $$;

create function finish_measurement(p_team uuid, p_evaluation uuid, p_attempt integer, p_state text, p_error text)
returns boolean language plpgsql set search_path = public, pg_temp as $$
begin
  perform set_config('app.team', p_team::text, true);
  update measurements set state = p_state, error = p_error, worker_id = null, lease_until = null,
    finished_at = clock_timestamp()
  where team_id = p_team and evaluation_id = p_evaluation and attempt = p_attempt and state = 'running';
  return found or exists (
    select from measurements
    where team_id = p_team and evaluation_id = p_evaluation and attempt = p_attempt and state = p_state);
end $$;

-- By a worker that is stopped on purpose: the next one goes on at once, and no worker counts as lost.
create function give_back_measurement(p_team uuid, p_evaluation uuid, p_attempt integer) returns boolean
language plpgsql set search_path = public, pg_temp as $$
begin
  perform set_config('app.team', p_team::text, true);
  update measurements set state = 'queued', worker_id = null, lease_until = null
  where team_id = p_team and evaluation_id = p_evaluation and attempt = p_attempt and state = 'running';
  return found;
end $$;

create function claim_prediction_scoring(p_team uuid, p_worker uuid, p_lease_seconds float8) returns jsonb
language plpgsql set search_path = public, pg_temp as $$
declare
  next uuid;
  claim jsonb;
begin
  perform set_config('app.team', p_team::text, true);
  update prediction_scorings set worker_id = null, lease_until = null, lost_workers = lost_workers + 1,
    state = case when lost_workers >= 4 then 'failed' else 'queued' end,
    error = case when lost_workers >= 4 then 'Five workers were lost while they scored these predictions. Look at their logs, then send the predictions again.' end,
    finished_at = case when lost_workers >= 4 then clock_timestamp() end
  where (team_id, id) in (
    select team_id, id from prediction_scorings
    where team_id = p_team and state = 'running' and lease_until < clock_timestamp() for update skip locked);

  select id into next from prediction_scorings where team_id = p_team and state = 'queued'
  order by created_at, id limit 1 for update skip locked;
  if not found then return null; end if;
  update prediction_scorings p set state = 'running', attempt = p.attempt + 1, worker_id = p_worker, done = 0,
    lease_until = clock_timestamp() + make_interval(secs => p_lease_seconds)
  from label_versions v join label_schemas s on s.team_id = v.team_id and s.id = v.schema_id
  where p.team_id = p_team and p.id = next and v.team_id = p.team_id and v.id = p.label_version_id
  returning jsonb_build_object('id', p.id, 'attempt', p.attempt, 'labelVersionId', v.id, 'size', p.size,
    'classes', cardinality(s.classes), 'predictions', p.predictions) into claim;
  return claim;
end $$;

-- Progress comes with the heartbeat.
create function renew_prediction_scoring(p_team uuid, p_scoring uuid, p_attempt integer, p_lease_seconds float8, p_done integer)
returns boolean language plpgsql set search_path = public, pg_temp as $$
begin
  perform set_config('app.team', p_team::text, true);
  update prediction_scorings set lease_until = clock_timestamp() + make_interval(secs => p_lease_seconds), done = p_done
  where team_id = p_team and id = p_scoring and attempt = p_attempt and state = 'running';
  return found;
end $$;

-- All counts at once, as one evaluation: a scoring that was cut short leaves nothing. Told twice, it is one evaluation.
create function finish_prediction_scoring(p_team uuid, p_scoring uuid, p_attempt integer, p_threshold float8, p_items jsonb)
returns boolean language plpgsql set search_path = public, pg_temp as $$
declare
  scoring prediction_scorings;
  run_attempt integer;
begin
  perform set_config('app.team', p_team::text, true);
  select * into scoring from prediction_scorings
  where team_id = p_team and id = p_scoring and attempt = p_attempt and state in ('running', 'succeeded') for update;
  if not found then return false; end if;
  if scoring.state = 'succeeded' then return true; end if;
  -- Locks the run, and tells those who watch it.
  update runs set phase = phase where team_id = p_team and id = scoring.run_id returning attempt into run_attempt;
  update prediction_scorings set state = 'succeeded', done = total, worker_id = null, lease_until = null,
    finished_at = clock_timestamp(),
    evaluation_id = insert_evaluation(p_team, scoring.run_id, run_attempt, scoring.label_version_id, scoring.split_id,
      jsonb_build_object('fold', scoring.fold, 'checkpointStep', 0, 'size', scoring.size, 'threshold', p_threshold,
        'items', p_items))
  where team_id = p_team and id = p_scoring;
  return true;
end $$;

create function fail_prediction_scoring(p_team uuid, p_scoring uuid, p_attempt integer, p_error text) returns boolean
language plpgsql set search_path = public, pg_temp as $$
begin
  perform set_config('app.team', p_team::text, true);
  update prediction_scorings set state = 'failed', error = p_error, worker_id = null, lease_until = null,
    finished_at = clock_timestamp()
  where team_id = p_team and id = p_scoring and attempt = p_attempt and state = 'running';
  return found or exists (
    select from prediction_scorings where team_id = p_team and id = p_scoring and attempt = p_attempt and state = 'failed');
end $$;

create function give_back_prediction_scoring(p_team uuid, p_scoring uuid, p_attempt integer) returns boolean
language plpgsql set search_path = public, pg_temp as $$
begin
  perform set_config('app.team', p_team::text, true);
  update prediction_scorings set state = 'queued', worker_id = null, lease_until = null
  where team_id = p_team and id = p_scoring and attempt = p_attempt and state = 'running';
  return found;
end $$;

revoke execute on function
  queue_measurement, insert_evaluation, claim_measurement, renew_measurement, store_measures, finish_measurement,
  give_back_measurement, claim_prediction_scoring, renew_prediction_scoring, finish_prediction_scoring,
  fail_prediction_scoring, give_back_prediction_scoring
from public;
grant execute on function
  insert_evaluation, claim_measurement, renew_measurement, store_measures, finish_measurement, give_back_measurement,
  claim_prediction_scoring, renew_prediction_scoring, finish_prediction_scoring, fail_prediction_scoring,
  give_back_prediction_scoring
to tessera_app;
