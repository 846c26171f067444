-- The hot path: claims, heartbeats, events. One function call is one transaction; each sets its own team and runs with the
-- caller's rights, under row-level security. Only the database's clock decides about leases.

create function count_revision() returns trigger language plpgsql as $$
begin
  new.revision := old.revision + 1;
  return new;
end $$;

-- A heartbeat sets lease_until only, so it is no change to watch.
create trigger count_revision
before update of state, attempt, cancel_requested, phase, step, total_steps, error on runs
for each row execute function count_revision();

-- Until which step an attempt's points, samples and checkpoints are seen: a later attempt that resumed at step r supersedes
-- what came after r. Infinite for the newest attempt.
create view attempt_limits with (security_invoker = true) as
select team_id, run_id, attempt,
  coalesce(
    min(resumed_step) over (
      partition by team_id, run_id order by attempt rows between 1 following and unbounded following),
    9223372036854775807) as last_seen_step
from attempts;

create view seen_checkpoints with (security_invoker = true) as
select c.* from checkpoints c join attempt_limits l using (team_id, run_id, attempt)
where c.step <= l.last_seen_step;

-- The one place where an attempt ends. 'lost' and 'stopped' put the run back in the queue, if it may go on.
create function end_attempt_of(p_run runs, p_outcome text, p_error text) returns text
language plpgsql set search_path = public, pg_temp as $$
declare
  spent boolean := p_outcome = 'lost' and p_run.attempts_left = 0;
  again boolean := p_outcome in ('lost', 'stopped') and not p_run.cancel_requested and not spent;
  new_state text := case
    when again then 'queued'
    when p_outcome in ('lost', 'stopped') and p_run.cancel_requested then 'cancelled'
    when spent then 'failed'
    else p_outcome end;
begin
  update attempts set ended_at = clock_timestamp(), outcome = p_outcome, error = p_error
  where team_id = p_run.team_id and run_id = p_run.id and attempt = p_run.attempt and ended_at is null;
  update runs set
    state = new_state,
    attempts_left = attempts_left - case when again and p_outcome = 'lost' then 1 else 0 end,
    worker_id = null,
    lease_until = null,
    finished_at = case when again then null else clock_timestamp() end,
    error = case
      when new_state in ('succeeded', 'cancelled') then null
      when spent then format('Attempt %s ended unexpectedly (%s), and no further attempt is allowed. Look at its log, then requeue the run.',
        p_run.attempt, coalesce(p_error, 'its worker was not heard of any more'))
      else p_error end
  where team_id = p_run.team_id and id = p_run.id;
  return new_state;
end $$;

create function claim_run(p_team uuid, p_worker uuid, p_lease_seconds float8) returns jsonb
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
      jsonb_build_object('sha256', best.sha256, 'step', best.step, 'epoch', best.epoch, 'validationDice', best.validation_dice) end,
    'classes', (select to_jsonb(s.classes) from label_versions v
      join label_schemas s on s.team_id = v.team_id and s.id = v.schema_id
      where v.team_id = p_team and v.id = run.label_version_id));
end $$;

create function heartbeat(p_team uuid, p_run uuid, p_attempt integer, p_worker uuid, p_lease_seconds float8) returns jsonb
language plpgsql set search_path = public, pg_temp as $$
declare
  cancel boolean;
begin
  perform set_config('app.team', p_team::text, true);
  update workers set seen_at = clock_timestamp() where team_id = p_team and id = p_worker;
  update runs set lease_until = clock_timestamp() + make_interval(secs => p_lease_seconds)
  where team_id = p_team and id = p_run and attempt = p_attempt and worker_id = p_worker and state = 'running'
  returning cancel_requested into cancel;
  return jsonb_build_object('owned', cancel is not null, 'cancelRequested', coalesce(cancel, false));
end $$;

create function end_attempt(p_team uuid, p_run uuid, p_attempt integer, p_outcome text, p_error text) returns jsonb
language plpgsql set search_path = public, pg_temp as $$
declare
  run runs;
begin
  perform set_config('app.team', p_team::text, true);
  select * into run from runs where team_id = p_team and id = p_run and source = 'tessera' for update;
  if not found then return jsonb_build_object('status', 'unknown'); end if;
  if run.attempt <> p_attempt or run.state <> 'running' then
    -- The same end told twice (its answer was lost) is no mistake.
    return jsonb_build_object('status', case when exists (
        select from attempts where team_id = p_team and run_id = p_run and attempt = p_attempt and outcome = p_outcome
      ) and run.attempt = p_attempt then 'ended' else 'stale' end,
      'state', run.state, 'attempt', run.attempt);
  end if;
  return jsonb_build_object('status', 'ended', 'state', end_attempt_of(run, p_outcome, p_error));
end $$;

-- One batch of events, applied once. The arrays of points come as PostgreSQL's array text: JSON has no NaN.
create function ingest(p_team uuid, p_run uuid, p_attempt integer, p_sequence bigint, p_events jsonb) returns jsonb
language plpgsql set search_path = public, pg_temp as $$
declare
  run runs;
  event jsonb;
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

  insert into metric_chunks (team_id, run_id, series, attempt, sequence, part, first_step, last_step, steps, point_values)
  select p_team, p_run, e ->> 'series', p_attempt, p_sequence, part, a.steps[1], a.steps[cardinality(a.steps)], a.steps, a.point_values
  from jsonb_array_elements(p_events) with ordinality as x (e, part)
  cross join lateral (select (e ->> 'steps')::bigint[] as steps, (e ->> 'values')::float8[] as point_values) a
  where e ->> 'type' = 'points';

  insert into metric_last as m (team_id, run_id, series, step, value)
  select distinct on (series) p_team, p_run, series, last_step, point_values[cardinality(point_values)]
  from metric_chunks
  where team_id = p_team and run_id = p_run and attempt = p_attempt and sequence = p_sequence
  order by series, last_step desc, part desc
  on conflict (team_id, run_id, series) do update set step = excluded.step, value = excluded.value where excluded.step >= m.step;

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
    step = coalesce((progress ->> 'step')::bigint, greatest(step, (
      select max(last_step) from metric_chunks
      where team_id = p_team and run_id = p_run and attempt = p_attempt and sequence = p_sequence)))
  where team_id = p_team and id = p_run;
  return jsonb_build_object('status', 'applied', 'cancelRequested', run.cancel_requested);
end $$;

create function claim_import(p_team uuid, p_worker uuid, p_lease_seconds float8) returns jsonb
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
    update imports set worker_id = null, lease_until = null,
      state = case when cancel_requested then 'cancelled' when attempt >= 5 then 'failed' else 'queued' end,
      error = case when attempt >= 5 and not cancel_requested then 'Five workers were lost during this import. Look at their logs, then start it again.' end,
      finished_at = case when cancel_requested or attempt >= 5 then clock_timestamp() end
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

create function renew_import(p_team uuid, p_import uuid, p_attempt integer, p_lease_seconds float8) returns jsonb
language plpgsql set search_path = public, pg_temp as $$
declare
  cancel boolean;
begin
  perform set_config('app.team', p_team::text, true);
  update imports set lease_until = clock_timestamp() + make_interval(secs => p_lease_seconds)
  where team_id = p_team and id = p_import and attempt = p_attempt and state = 'running'
  returning cancel_requested into cancel;
  return jsonb_build_object('owned', cancel is not null, 'cancelRequested', coalesce(cancel, false));
end $$;

-- Counts are totals so far, so a report told twice changes nothing.
create function report_import(p_team uuid, p_import uuid, p_attempt integer, p_counts jsonb, p_problems jsonb) returns jsonb
language plpgsql set search_path = public, pg_temp as $$
declare
  cancel boolean;
begin
  perform set_config('app.team', p_team::text, true);
  update imports set total = c.total, done = c.done, added = c.added, duplicates = c.duplicates, refused = c.refused
  from jsonb_to_record(p_counts) as c (total integer, done integer, added integer, duplicates integer, refused integer)
  where team_id = p_team and id = p_import and attempt = p_attempt and state = 'running'
  returning cancel_requested into cancel;
  if cancel is null then return jsonb_build_object('status', 'stale'); end if;
  insert into import_problems (team_id, import_id, path, code, message)
  select distinct on (p.path) p_team, p_import, p.path, p.code, p.message
  from jsonb_to_recordset(p_problems) as p (path text, code text, message text)
  on conflict (team_id, import_id, path) do update set code = excluded.code, message = excluded.message;
  return jsonb_build_object('status', 'reported', 'cancelRequested', cancel);
end $$;

create function finish_import(p_team uuid, p_import uuid, p_attempt integer, p_state text, p_error text, p_label_version uuid, p_split uuid)
returns boolean language plpgsql set search_path = public, pg_temp as $$
begin
  perform set_config('app.team', p_team::text, true);
  update imports set state = p_state, error = p_error, label_version_id = p_label_version, split_id = p_split,
    worker_id = null, lease_until = null, finished_at = clock_timestamp()
  where team_id = p_team and id = p_import and attempt = p_attempt and state = 'running';
  return found or exists (
    select from imports where team_id = p_team and id = p_import and attempt = p_attempt and state = p_state);
end $$;

grant select on attempt_limits, seen_checkpoints to tessera_app;
revoke execute on all functions in schema public from public;
grant execute on function
  end_attempt_of, claim_run, heartbeat, end_attempt, ingest, claim_import, renew_import, report_import, finish_import
to tessera_app;
