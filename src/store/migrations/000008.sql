-- Ingest and prune stay as quick for a long run, and for a team of many runs, as they were for the first.

-- Pruning asks whether another run has the same bytes.
create index on checkpoints (team_id, sha256);

-- A blob that goes is looked for, by the foreign keys, where it might be named.
create index on items (team_id, sha256);
create index on items (team_id, thumbnail_sha256);
create index on annotations (team_id, mask_sha256);

-- As before, but the batch's own points are taken from its insert: the key of metric_chunks has the series before attempt
-- and sequence, so that looking the batch up again would read every chunk of the run.
--
-- One batch of events, applied once. The arrays of points come as PostgreSQL's array text: JSON has no NaN.
create or replace function ingest(p_team uuid, p_run uuid, p_attempt integer, p_sequence bigint, p_events jsonb) returns jsonb
language plpgsql set search_path = public, pg_temp as $$
declare
  run runs;
  event jsonb;
  newest bigint; -- last step among the points
  new_evaluation uuid;
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
    insert into evaluations
      (team_id, run_id, attempt, fold, scoring, label_version_id, split_id, checkpoint_step, size, threshold, items)
    select p_team, p_run, p_attempt, event ->> 'fold',
      1 + (select count(*) from evaluations v where v.team_id = p_team and v.run_id = p_run and v.fold = event ->> 'fold'),
      run.label_version_id, run.split_id, (event ->> 'checkpointStep')::bigint, (event ->> 'size')::integer,
      (event ->> 'threshold')::float8,
      (select count(distinct i ->> 'itemId') from jsonb_array_elements(event -> 'items') i)
    returning id into new_evaluation;
    insert into evaluation_items
      (team_id, evaluation_id, item_id, class_index, true_positives, false_positives, false_negatives, true_negatives,
       truth_components, predicted_components, prediction_sha256)
    select p_team, new_evaluation, i."itemId", i."classIndex", i."truePositives", i."falsePositives", i."falseNegatives",
      i."trueNegatives", i."truthComponents", i."predictedComponents", i."predictionSha256"
    from jsonb_to_recordset(event -> 'items') as i (
      "itemId" uuid, "classIndex" integer, "truePositives" bigint, "falsePositives" bigint, "falseNegatives" bigint,
      "trueNegatives" bigint, "truthComponents" integer, "predictedComponents" integer, "predictionSha256" text);
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

-- As before, but by the index: it read every checkpoint of the team.
--
-- Removes the blobs' rows and returns their hashes; the caller then removes the bytes. Kept: what the next attempt continues
-- from, the best so far, and whatever another run has too. Only steps before the newest are touched: an attempt that goes on
-- may write the same bytes again, but always at a later step.
create or replace function prune_checkpoints(p_team uuid, p_run uuid) returns text[]
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  run runs;
  latest checkpoints;
  best checkpoints;
  pruned text[];
begin
  select * into run from runs where team_id = p_team and id = p_run;
  select * into latest from seen_checkpoints
  where team_id = p_team and run_id = p_run and kind = 'latest' order by step desc, attempt desc limit 1;
  select * into best from seen_checkpoints
  where team_id = p_team and run_id = p_run and kind = 'best' and step <= latest.step order by step desc, attempt desc limit 1;
  if run is null or latest is null then return '{}'; end if;

  with gone as (
    delete from blobs b using checkpoints c
    where c.team_id = p_team and c.run_id = p_run and b.team_id = p_team and b.sha256 = c.sha256
      and case c.kind
        when 'latest' then c.step < latest.step or (run.state = 'succeeded' and best.sha256 is not null)
        else c.step < best.step end
      and c.sha256 is distinct from best.sha256
      and (c.sha256 <> latest.sha256 or run.state = 'succeeded')
      and not exists (
        select from checkpoints other
        where other.team_id = p_team and other.sha256 = c.sha256 and other.run_id <> p_run)
      -- A run of the same configuration and seed writes the same bytes, and may have done so a moment ago.
      and not exists (
        select from runs twin
        where twin.team_id = p_team and twin.id <> p_run and twin.state = 'running'
          and twin.seed = run.seed and twin.configuration = run.configuration)
    returning b.sha256
  )
  select coalesce(array_agg(sha256), '{}') into pruned from gone;
  return pruned;
end $$;
