-- An evaluated run scored on another label version without training again; and studies of how robust methods are to label noise,
-- whose runs and scorings wait for label versions that workers make (decision 0042).

-- The evaluation whose predictions these are, scored on other labels. A further scoring of its fold, never in place of the first.
alter table evaluations add column scored_from uuid;
alter table evaluations add foreign key (team_id, scored_from) references evaluations;
create unique index on evaluations (team_id, scored_from, label_version_id) where scored_from is not null;

-- Its labels are said, and its masks are not measured again.
drop trigger name_evaluation_labels on evaluations;
create trigger name_evaluation_labels before insert on evaluations for each row when (new.scored_from is null)
  execute function name_evaluation_labels();
drop trigger queue_measurement on evaluations;
create trigger queue_measurement after insert on evaluations for each row
  when (new.task = 'segmentation' and new.scored_from is null) execute function queue_measurement();

-- The same queue: with scored_from, its predictions are that evaluation's, and `predictions` is empty.
alter table prediction_scorings add column scored_from uuid;
alter table prediction_scorings add foreign key (team_id, scored_from) references evaluations;
create unique index on prediction_scorings (team_id, scored_from, label_version_id)
  where scored_from is not null and state <> 'failed';

-- As before, with the predictions of scored_from.
create or replace function claim_prediction_scoring(p_team uuid, p_worker uuid, p_lease_seconds float8) returns jsonb
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
    'classes', cardinality(s.classes), 'scoredFrom', p.scored_from, 'task', s.task,
    'predictions', case when p.scored_from is null then p.predictions else coalesce((
      select jsonb_agg(jsonb_build_object('itemId', i.item_id, 'sha256', i.prediction_sha256) order by i.item_id)
      from (select distinct item_id, prediction_sha256 from evaluation_items e
        where e.team_id = p.team_id and e.evaluation_id = p.scored_from) i), '[]') end) into claim;
  return claim;
end $$;

-- Of masks the counts are given; of classes the stored probabilities meet the other version's labels here.
create function insert_further_scoring(p_team uuid, p_from uuid, p_label_version uuid, p_items jsonb) returns uuid
language plpgsql set search_path = public, pg_temp as $$
declare
  of evaluations;
  new_evaluation uuid;
  labelled bigint;
begin
  select * into of from evaluations where team_id = p_team and id = p_from;
  insert into evaluations (team_id, run_id, attempt, fold, scoring, label_version_id, split_id, checkpoint_step, size, threshold,
    items, task, scored_from)
  select p_team, of.run_id, of.attempt, of.fold,
    1 + (select count(*) from evaluations v where v.team_id = p_team and v.run_id = of.run_id and v.fold = of.fold),
    p_label_version, of.split_id, of.checkpoint_step, of.size, of.threshold, of.items, of.task, p_from
  returning id into new_evaluation;
  if of.task = 'classification' then
    insert into evaluation_predictions (team_id, evaluation_id, item_id, truth, probabilities)
    select p_team, new_evaluation, p.item_id, a.class_values, p.probabilities
    from evaluation_predictions p
    join labels l on l.team_id = p.team_id and l.label_version_id = p_label_version and l.item_id = p.item_id
    join annotations a on a.team_id = l.team_id and a.id = l.annotation_id
    where p.team_id = p_team and p.evaluation_id = p_from;
    get diagnostics labelled = row_count;
    if labelled <> of.items then
      raise exception 'The label version labels % of the % items that were scored; a part of a fold is no score of it', labelled, of.items;
    end if;
  else
    insert into evaluation_items
      (team_id, evaluation_id, item_id, class_index, true_positives, false_positives, false_negatives, true_negatives,
       truth_components, predicted_components, prediction_sha256)
    select p_team, new_evaluation, i."itemId", i."classIndex", i."truePositives", i."falsePositives", i."falseNegatives",
      i."trueNegatives", i."truthComponents", i."predictedComponents", i."predictionSha256"
    from jsonb_to_recordset(p_items) as i (
      "itemId" uuid, "classIndex" integer, "truePositives" bigint, "falsePositives" bigint, "falseNegatives" bigint,
      "trueNegatives" bigint, "truthComponents" integer, "predictedComponents" integer, "predictionSha256" text);
  end if;
  return new_evaluation;
end $$;

-- As before, and further scorings.
create or replace function finish_prediction_scoring(p_team uuid, p_scoring uuid, p_attempt integer, p_threshold float8, p_items jsonb)
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
    evaluation_id = case when scoring.scored_from is not null
      then insert_further_scoring(p_team, scoring.scored_from, scoring.label_version_id, p_items)
      else insert_evaluation(p_team, scoring.run_id, run_attempt, scoring.label_version_id, scoring.split_id,
        jsonb_build_object('fold', scoring.fold, 'checkpointStep', 0, 'size', scoring.size, 'threshold', p_threshold,
          'items', p_items)) end
  where team_id = p_team and id = p_scoring;
  return true;
end $$;

-- A study of label noise: its experiment has an arm per method and training noise. `design` is a NoiseDesign; it only grows.
create table noise_studies (
  team_id uuid not null,
  experiment_id uuid not null,
  design jsonb not null,
  created_at timestamptz not null default clock_timestamp(),
  primary key (team_id, experiment_id),
  foreign key (team_id, experiment_id) references experiments
);

-- A label version that the study trains or scores on, and the job that makes it.
create table noise_study_versions (
  team_id uuid not null,
  experiment_id uuid not null,
  noise text not null, -- name within the design
  level float8 not null check (level > 0),
  trains boolean not null,
  evaluates boolean not null,
  label_job_id uuid not null,
  primary key (team_id, experiment_id, noise, level),
  foreign key (team_id, experiment_id) references noise_studies,
  foreign key (team_id, label_job_id) references label_jobs
);
create index on noise_study_versions (team_id, label_job_id);

-- Every run that the study wants; it is in `runs` once its labels are there.
create table noise_study_runs (
  team_id uuid not null,
  experiment_id uuid not null,
  arm text not null,
  seed integer not null,
  noise text, -- null: learns from the experiment's labels
  level float8 not null,
  place integer not null, -- in the order in which they are queued
  name text not null,
  configuration jsonb not null,
  starting_run_id uuid,
  code_commit text not null,
  created_by uuid not null references users,
  primary key (team_id, experiment_id, arm, seed),
  foreign key (team_id, experiment_id) references noise_studies,
  foreign key (team_id, starting_run_id) references runs,
  check ((noise is null) = (level = 0))
);

do $$
declare
  t text;
begin
  foreach t in array array['noise_studies', 'noise_study_versions', 'noise_study_runs'] loop
    execute format('alter table %I enable row level security', t);
    execute format(
      'create policy team on %I using (team_id = nullif(current_setting(''app.team'', true), '''')::uuid)', t);
  end loop;
end $$;
grant select, insert on noise_study_runs to tessera_app;
grant select, insert, update on noise_studies, noise_study_versions to tessera_app;

-- Queues what waited for labels that are there by now: runs to train, and scorings of runs that are scored. Called as often as one
-- likes: what is there is not made again. The study's lock puts callers in a line, so that a version and an evaluation that come at
-- the same time see each other.
create function advance_noise_study(p_team uuid, p_experiment uuid) returns void
language plpgsql set search_path = public, pg_temp as $$
begin
  perform from noise_studies where team_id = p_team and experiment_id = p_experiment for update;
  insert into runs (team_id, project_id, experiment_id, name, arm, seed, configuration, dataset_id, label_version_id,
    evaluation_label_version_id, split_id, starting_run_id, code_commit, created_by)
  select w.team_id, e.project_id, e.id, w.name, w.arm, w.seed, w.configuration, e.dataset_id,
    coalesce(j.label_version_id, e.label_version_id), e.label_version_id, e.split_id, w.starting_run_id, w.code_commit, w.created_by
  from noise_study_runs w
  join experiments e on e.team_id = w.team_id and e.id = w.experiment_id
  left join noise_study_versions v on v.team_id = w.team_id and v.experiment_id = w.experiment_id and v.noise = w.noise and v.level = w.level
  left join label_jobs j on j.team_id = v.team_id and j.id = v.label_job_id
  where w.team_id = p_team and w.experiment_id = p_experiment and (w.noise is null or j.label_version_id is not null)
    and not exists (select from runs r
      where r.team_id = w.team_id and r.experiment_id = w.experiment_id and r.arm = w.arm and r.seed = w.seed)
  order by w.place, w.seed;

  insert into prediction_scorings (team_id, run_id, label_version_id, split_id, fold, size, predictions, total, scored_from)
  select distinct on (x.id, j.label_version_id)
    x.team_id, x.run_id, j.label_version_id, x.split_id, x.fold, x.size, '[]'::jsonb, x.items, x.id
  from noise_study_runs w
  join runs r on r.team_id = w.team_id and r.experiment_id = w.experiment_id and r.arm = w.arm and r.seed = w.seed
  join evaluations x on x.team_id = r.team_id and x.run_id = r.id and x.fold = 'test' and x.scoring = 1
  join noise_study_versions v on v.team_id = w.team_id and v.experiment_id = w.experiment_id and v.evaluates
    and (w.noise is null or v.noise = w.noise)
  join label_jobs j on j.team_id = v.team_id and j.id = v.label_job_id and j.label_version_id is not null
  where w.team_id = p_team and w.experiment_id = p_experiment and j.label_version_id <> x.label_version_id
    and not exists (select from prediction_scorings p
      where p.team_id = x.team_id and p.scored_from = x.id and p.label_version_id = j.label_version_id)
  order by x.id, j.label_version_id;
end $$;

-- In the statement that ends a label job, or that stores a run's first score on test: a worker that is killed has done both or none.
create function advance_studies_of_label_job() returns trigger language plpgsql set search_path = public, pg_temp as $$
declare
  study uuid;
begin
  for study in select distinct experiment_id from noise_study_versions
    where team_id = new.team_id and label_job_id = new.id order by experiment_id loop
    perform advance_noise_study(new.team_id, study);
  end loop;
  return null;
end $$;
create trigger advance_studies_of_label_job after update of label_version_id on label_jobs for each row
  when (new.label_version_id is not null and old.label_version_id is null) execute function advance_studies_of_label_job();

create function advance_study_of_evaluation() returns trigger language plpgsql set search_path = public, pg_temp as $$
declare
  study uuid;
begin
  select s.experiment_id into study from runs r
  join noise_studies s on s.team_id = r.team_id and s.experiment_id = r.experiment_id
  where r.team_id = new.team_id and r.id = new.run_id;
  if found then perform advance_noise_study(new.team_id, study); end if;
  return null;
end $$;
create trigger advance_study_of_evaluation after insert on evaluations for each row
  when (new.fold = 'test' and new.scoring = 1) execute function advance_study_of_evaluation();

-- Adds arms, seeds and wanted runs, as extend_experiment does with runs: the product's role may not update an experiment; this may, and
-- only so that each arm and seed of before is still there as it was. Null where it would not be. Else how many wanted runs are new.
create function extend_noise_study(
  p_team uuid, p_experiment uuid, p_arms jsonb, p_seeds integer[], p_runs jsonb, p_code_commit text, p_created_by uuid)
returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  known experiments;
  was_empty boolean;
  added integer;
begin
  perform from noise_studies where team_id = p_team and experiment_id = p_experiment for update; -- before it, as advance_noise_study does
  select * into known from experiments where team_id = p_team and id = p_experiment for update;
  if known is null or p_team is distinct from nullif(current_setting('app.team', true), '')::uuid or not p_seeds @> known.seeds
    or exists (
      select from jsonb_array_elements(known.arms) was (arm)
      where not exists (select from jsonb_array_elements(p_arms) becomes (arm) where becomes.arm = was.arm))
  then
    return null;
  end if;
  was_empty := not exists (select from noise_study_runs w where w.team_id = p_team and w.experiment_id = p_experiment);

  insert into noise_study_runs
    (team_id, experiment_id, arm, seed, noise, level, place, name, configuration, starting_run_id, code_commit, created_by)
  select p_team, p_experiment, r.run ->> 'arm', (r.run ->> 'seed')::integer, r.run ->> 'noise', (r.run ->> 'level')::float8,
    r.place, r.run ->> 'name', r.run -> 'configuration', (r.run ->> 'startingRunId')::uuid, p_code_commit, p_created_by
  from jsonb_array_elements(p_runs) with ordinality as r (run, place)
  on conflict do nothing;
  get diagnostics added = row_count;
  if added = 0 or was_empty then return added; end if;

  insert into experiment_extensions
    (team_id, experiment_id, number, added_arms, added_seeds, added_runs, scored_runs, created_by)
  select p_team, p_experiment,
    1 + (select count(*) from experiment_extensions x where x.team_id = p_team and x.experiment_id = p_experiment),
    coalesce((
      select jsonb_agg(a.arm -> 'name' order by a.place)
      from jsonb_array_elements(p_arms) with ordinality as a (arm, place)
      where not known.arms @> jsonb_build_array(jsonb_build_object('name', a.arm -> 'name'))), '[]'),
    array(select unnest(p_seeds) except select unnest(known.seeds) order by 1),
    added,
    (select count(distinct v.run_id) from evaluations v join runs r on r.team_id = v.team_id and r.id = v.run_id
      where v.team_id = p_team and r.experiment_id = p_experiment and v.fold = 'test'),
    p_created_by;
  update experiments set arms = p_arms, seeds = p_seeds where team_id = p_team and id = p_experiment;
  return added;
end $$;

revoke execute on function
  insert_further_scoring, advance_noise_study, advance_studies_of_label_job, advance_study_of_evaluation, extend_noise_study
from public;
grant execute on function insert_further_scoring, advance_noise_study, extend_noise_study to tessera_app;
