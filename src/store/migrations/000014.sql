-- Classification: what a run says of every item. And the score by which the best checkpoint is chosen is no longer Dice alone.

alter table checkpoints rename column validation_dice to validation_score;

alter table evaluations add column task text not null default 'segmentation' check (task in ('segmentation', 'classification'));
alter table evaluations alter column task drop default;

create table evaluation_predictions (
  team_id uuid not null,
  evaluation_id uuid not null,
  item_id uuid not null,
  truth smallint[] not null, -- per class of the schema: 1 present, 0 absent, null not known; as the label was
  probabilities float8[] not null,
  primary key (team_id, evaluation_id, item_id),
  foreign key (team_id, evaluation_id) references evaluations,
  foreign key (team_id, item_id) references items,
  check (cardinality(truth) = cardinality(probabilities) and cardinality(truth) > 0),
  check (array_position(probabilities, null) is null and 0 <= all (probabilities) and 1 >= all (probabilities))
);
alter table evaluation_predictions enable row level security;
create policy team on evaluation_predictions using (team_id = nullif(current_setting('app.team', true), '')::uuid);
grant select, insert on evaluation_predictions to tessera_app;

-- There are no masks to measure otherwise.
drop trigger queue_measurement on evaluations;
create trigger queue_measurement after insert on evaluations for each row when (new.task = 'segmentation')
  execute function queue_measurement();

-- As before, with predictions. An evaluation as src/domain/events.ts has it; the caller holds the run's lock, so that no two
-- scorings take one number.
create or replace function insert_evaluation(
  p_team uuid, p_run uuid, p_attempt integer, p_label_version uuid, p_split uuid, p_evaluation jsonb) returns uuid
language plpgsql set search_path = public, pg_temp as $$
declare
  new_evaluation uuid;
begin
  insert into evaluations
    (team_id, run_id, attempt, fold, scoring, label_version_id, split_id, checkpoint_step, size, threshold, items, task)
  select p_team, p_run, p_attempt, p_evaluation ->> 'fold',
    1 + (select count(*) from evaluations v
      where v.team_id = p_team and v.run_id = p_run and v.fold = p_evaluation ->> 'fold'),
    p_label_version, p_split, (p_evaluation ->> 'checkpointStep')::bigint, (p_evaluation ->> 'size')::integer,
    (p_evaluation ->> 'threshold')::float8,
    (select count(distinct i ->> 'itemId')
      from jsonb_array_elements((p_evaluation -> 'items') || coalesce(p_evaluation -> 'predictions', '[]')) i),
    case when p_evaluation ? 'predictions' then 'classification' else 'segmentation' end
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
  insert into evaluation_predictions (team_id, evaluation_id, item_id, truth, probabilities)
  select p_team, new_evaluation, i."itemId", i.truth, i.probabilities
  from jsonb_to_recordset(p_evaluation -> 'predictions') as i ("itemId" uuid, truth smallint[], probabilities float8[]);
  return new_evaluation;
end $$;

-- As before, but for the score's name; what waited in a spool has the former one.
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

  insert into checkpoints (team_id, run_id, kind, attempt, step, epoch, sha256, validation_score)
  select p_team, p_run, c.kind, p_attempt, c.step, c.epoch, c.sha256, coalesce(c."validationScore", c."validationDice")
  from jsonb_array_elements(p_events) e
  cross join lateral jsonb_to_record(e) as c (
    kind text, step bigint, epoch integer, sha256 text, "validationScore" float8, "validationDice" float8)
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

-- As before, but for the score's name.
create or replace function claim_run(p_team uuid, p_worker uuid, p_lease_seconds float8) returns jsonb
language plpgsql set search_path = public, pg_temp as $$
declare
  run runs;
  latest checkpoints;
  best checkpoints;
  starting text;
begin
  perform set_config('app.team', p_team::text, true);
  update workers set seen_at = clock_timestamp() where team_id = p_team and id = p_worker;

  -- Whose worker was not heard of in time: back to the queue.
  for run in
    select * from runs
    where team_id = p_team and source = 'tessera' and state = 'running' and lease_until < clock_timestamp()
    order by created_at, id for update skip locked
  loop
    perform end_attempt_of(run, 'lost', null);
  end loop;

  -- What waits for weights that will not come. Repeated, because a run may wait for a run that waits.
  loop
    update runs r set state = 'failed', finished_at = clock_timestamp(),
      error = format('The run that was to give the starting weights (%s) has %s. Requeue it, then this one.', s.name, s.state)
    from runs s
    where (r.team_id, r.id) in (
        select q.team_id, q.id from runs q join runs w on w.team_id = q.team_id and w.id = q.starting_run_id
        where q.team_id = p_team and q.state = 'queued' and w.state in ('failed', 'cancelled')
        for update of q skip locked)
      and s.team_id = r.team_id and s.id = r.starting_run_id;
    exit when not found;
  end loop;

  select r.* into run from runs r
  where r.team_id = p_team and r.source = 'tessera' and r.state = 'queued'
    and (r.starting_run_id is null
      or exists (select from runs s where s.team_id = r.team_id and s.id = r.starting_run_id and s.state = 'succeeded'))
  order by r.created_at, r.id limit 1 for update skip locked;
  if not found then return null; end if;

  select * into latest from seen_checkpoints
  where team_id = p_team and run_id = run.id and kind = 'latest' order by step desc, attempt desc limit 1;
  select * into best from seen_checkpoints
  where team_id = p_team and run_id = run.id and kind = 'best' and step <= latest.step order by step desc, attempt desc limit 1;
  select sha256 into starting from seen_checkpoints
  where team_id = p_team and run_id = run.starting_run_id order by kind = 'best' desc, step desc, attempt desc limit 1;

  insert into attempts (team_id, run_id, attempt, worker_id, resumed_step)
  values (p_team, run.id, run.attempt + 1, p_worker, coalesce(latest.step, 0));

  update runs set state = 'running', attempt = run.attempt + 1, worker_id = p_worker,
    lease_until = clock_timestamp() + make_interval(secs => p_lease_seconds), phase = 'starting', error = null,
    step = coalesce(latest.step, 0), started_at = coalesce(started_at, clock_timestamp())
  where team_id = p_team and id = run.id;

  -- Last values that have just been superseded go back to the newest one that is still seen.
  delete from metric_last where team_id = p_team and run_id = run.id and step > coalesce(latest.step, 0);
  insert into metric_last (team_id, run_id, series, step, value)
  select distinct on (c.series) p_team, run.id, c.series, p.step, p.value
  from metric_chunks c
  join attempt_limits l using (team_id, run_id, attempt)
  cross join lateral unnest(c.steps, c.point_values) as p (step, value)
  where c.team_id = p_team and c.run_id = run.id and p.step <= l.last_seen_step
    and not exists (
      select from metric_last m where m.team_id = c.team_id and m.run_id = c.run_id and m.series = c.series)
  order by c.series, p.step desc, c.attempt desc;

  return jsonb_build_object(
    'id', run.id, 'attempt', run.attempt + 1, 'arm', run.arm, 'seed', run.seed, 'configuration', run.configuration,
    'datasetId', run.dataset_id, 'labelVersionId', run.label_version_id, 'splitId', run.split_id,
    'startingRunId', run.starting_run_id, 'startingCheckpointSha256', starting,
    'resume', case when latest.sha256 is not null then
      jsonb_build_object('sha256', latest.sha256, 'step', latest.step, 'epoch', latest.epoch) end,
    'best', case when best.sha256 is not null then
      jsonb_build_object('sha256', best.sha256, 'step', best.step, 'epoch', best.epoch, 'validationScore', best.validation_score) end,
    'classes', (select to_jsonb(s.classes) from label_versions v
      join label_schemas s on s.team_id = v.team_id and s.id = v.schema_id
      where v.team_id = p_team and v.id = run.label_version_id));
end $$;
