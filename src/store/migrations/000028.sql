-- The own labels of a bag's tiles, and studies that compose bags anew of such tiles at set witness rates (decision 0052).

create table tile_labels (
  team_id uuid not null,
  item_id uuid not null, -- the bag
  sha256 text not null, -- .npy [tiles] of bytes, in the order of the bag's rows; 1: this tile makes its bag positive
  tiles integer not null check (tiles > 0),
  positives integer not null check (positives between 0 and tiles),
  created_at timestamptz not null default clock_timestamp(),
  primary key (team_id, item_id),
  foreign key (team_id, item_id) references items,
  foreign key (team_id, sha256) references blobs
);

-- A job that composes the bags of one rate of a study: bag_dataset_id is the study's, and slide_results stay empty.
alter table slide_jobs drop constraint slide_jobs_kind_check;
alter table slide_jobs add constraint slide_jobs_kind_check check (kind in ('tiles', 'features', 'compose'));

-- Its experiment has an arm per pooling and rate. `design` is a WitnessDesign; it only grows.
create table witness_studies (
  team_id uuid not null,
  experiment_id uuid not null,
  design jsonb not null,
  bag_dataset_id uuid not null, -- where the composed bags of all rates are
  created_at timestamptz not null default clock_timestamp(),
  primary key (team_id, experiment_id),
  foreign key (team_id, experiment_id) references experiments,
  foreign key (team_id, bag_dataset_id) references datasets
);

-- A rate, the job that composes its bags, and what the bags have once they are there.
create table witness_study_rates (
  team_id uuid not null,
  experiment_id uuid not null,
  rate float8 not null check (rate > 0 and rate <= 0.5),
  slide_job_id uuid not null,
  label_version_id uuid,
  split_id uuid,
  primary key (team_id, experiment_id, rate),
  foreign key (team_id, experiment_id) references witness_studies,
  foreign key (team_id, slide_job_id) references slide_jobs,
  foreign key (team_id, label_version_id) references label_versions,
  foreign key (team_id, split_id) references splits,
  check ((label_version_id is null) = (split_id is null))
);
create index on witness_study_rates (team_id, slide_job_id);

-- Every run that the study wants; it is in `runs` once its bags are there.
create table witness_study_runs (
  team_id uuid not null,
  experiment_id uuid not null,
  arm text not null,
  seed integer not null,
  rate float8 not null,
  place integer not null, -- in the order in which they are queued
  name text not null,
  configuration jsonb not null,
  starting_run_id uuid,
  code_commit text not null,
  created_by uuid not null references users,
  primary key (team_id, experiment_id, arm, seed),
  foreign key (team_id, experiment_id, rate) references witness_study_rates,
  foreign key (team_id, starting_run_id) references runs
);

do $$
declare
  t text;
begin
  foreach t in array array['tile_labels', 'witness_studies', 'witness_study_rates', 'witness_study_runs'] loop
    execute format('alter table %I enable row level security', t);
    execute format(
      'create policy team on %I using (team_id = nullif(current_setting(''app.team'', true), '''')::uuid)', t);
  end loop;
end $$;
grant select, insert on tile_labels, witness_study_runs to tessera_app;
grant select, insert, update on witness_studies, witness_study_rates to tessera_app;

-- Queues the runs whose bags are there by now. Called as often as one likes: what is there is not made again. The study's lock puts
-- callers in a line, so that bags and runs that come at the same time see each other.
create function advance_witness_study(p_team uuid, p_experiment uuid) returns void
language plpgsql set search_path = public, pg_temp as $$
begin
  perform from witness_studies where team_id = p_team and experiment_id = p_experiment for update;
  insert into runs (team_id, project_id, experiment_id, name, arm, seed, configuration, dataset_id, label_version_id, split_id,
    starting_run_id, code_commit, created_by)
  select w.team_id, e.project_id, e.id, w.name, w.arm, w.seed, w.configuration, s.bag_dataset_id, b.label_version_id, b.split_id,
    w.starting_run_id, w.code_commit, w.created_by
  from witness_study_runs w
  join experiments e on e.team_id = w.team_id and e.id = w.experiment_id
  join witness_studies s on s.team_id = w.team_id and s.experiment_id = w.experiment_id
  join witness_study_rates b on b.team_id = w.team_id and b.experiment_id = w.experiment_id and b.rate = w.rate
  where w.team_id = p_team and w.experiment_id = p_experiment and b.label_version_id is not null
    and not exists (select from runs r
      where r.team_id = w.team_id and r.experiment_id = w.experiment_id and r.arm = w.arm and r.seed = w.seed)
  order by w.place, w.seed;
end $$;

-- In the transaction that freezes a rate's bags: a worker that is killed has done both or neither.
create function advance_study_of_rate() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  perform advance_witness_study(new.team_id, new.experiment_id);
  return null;
end $$;
create trigger advance_study_of_rate after update of label_version_id on witness_study_rates for each row
  when (new.label_version_id is not null and old.label_version_id is null) execute function advance_study_of_rate();

-- What growing has in common for all experiments. The experiment as it is, locked, which puts two that grow it in a line; null where it is
-- not the team's, or an arm or a seed of before would be changed or taken away.
create function experiment_to_grow(p_team uuid, p_experiment uuid, p_arms jsonb, p_seeds integer[]) returns experiments
language plpgsql set search_path = public, pg_temp as $$
declare
  known experiments;
begin
  select * into known from experiments where team_id = p_team and id = p_experiment for update;
  if p_team is distinct from nullif(current_setting('app.team', true), '')::uuid or not p_seeds @> known.seeds
    or exists (
      select from jsonb_array_elements(known.arms) was (arm)
      where not exists (select from jsonb_array_elements(p_arms) becomes (arm) where becomes.arm = was.arm))
  then
    return null;
  end if;
  return known;
end $$;

-- Says who added how many runs, and when, with how many scored on test by then; and gives the experiment its arms and seeds.
create function keep_growth(known experiments, p_arms jsonb, p_seeds integer[], p_added integer, p_created_by uuid) returns void
language plpgsql set search_path = public, pg_temp as $$
begin
  insert into experiment_extensions
    (team_id, experiment_id, number, added_arms, added_seeds, added_runs, scored_runs, created_by)
  select known.team_id, known.id,
    1 + (select count(*) from experiment_extensions x where x.team_id = known.team_id and x.experiment_id = known.id),
    coalesce((
      select jsonb_agg(a.arm -> 'name' order by a.place)
      from jsonb_array_elements(p_arms) with ordinality as a (arm, place)
      where not known.arms @> jsonb_build_array(jsonb_build_object('name', a.arm -> 'name'))), '[]'),
    array(select unnest(p_seeds) except select unnest(known.seeds) order by 1),
    p_added,
    (select count(distinct v.run_id) from evaluations v join runs r on r.team_id = v.team_id and r.id = v.run_id
      where v.team_id = known.team_id and r.experiment_id = known.id and v.fold = 'test'),
    p_created_by;
  update experiments set arms = p_arms, seeds = p_seeds where team_id = known.team_id and id = known.id;
end $$;

-- Adds arms, seeds and wanted runs. Null where an arm or a seed of before would be changed or taken away. Else how many wanted runs are new.
create function extend_witness_study(
  p_team uuid, p_experiment uuid, p_arms jsonb, p_seeds integer[], p_runs jsonb, p_code_commit text, p_created_by uuid)
returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  known experiments;
  was_empty boolean;
  added integer;
begin
  perform from witness_studies where team_id = p_team and experiment_id = p_experiment for update; -- before it, as advance_witness_study does
  known := experiment_to_grow(p_team, p_experiment, p_arms, p_seeds);
  if known.id is null then return null; end if;
  was_empty := not exists (select from witness_study_runs w where w.team_id = p_team and w.experiment_id = p_experiment);

  insert into witness_study_runs
    (team_id, experiment_id, arm, seed, rate, place, name, configuration, starting_run_id, code_commit, created_by)
  select p_team, p_experiment, r.run ->> 'arm', (r.run ->> 'seed')::integer, (r.run ->> 'rate')::float8,
    r.place, r.run ->> 'name', r.run -> 'configuration', (r.run ->> 'startingRunId')::uuid, p_code_commit, p_created_by
  from jsonb_array_elements(p_runs) with ordinality as r (run, place)
  on conflict do nothing;
  get diagnostics added = row_count;
  if added > 0 and not was_empty then perform keep_growth(known, p_arms, p_seeds, added, p_created_by); end if;
  return added;
end $$;

-- As before.
create or replace function extend_noise_study(
  p_team uuid, p_experiment uuid, p_arms jsonb, p_seeds integer[], p_runs jsonb, p_code_commit text, p_created_by uuid)
returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  known experiments;
  was_empty boolean;
  added integer;
begin
  perform from noise_studies where team_id = p_team and experiment_id = p_experiment for update; -- before it, as advance_noise_study does
  known := experiment_to_grow(p_team, p_experiment, p_arms, p_seeds);
  if known.id is null then return null; end if;
  was_empty := not exists (select from noise_study_runs w where w.team_id = p_team and w.experiment_id = p_experiment);

  insert into noise_study_runs
    (team_id, experiment_id, arm, seed, noise, level, place, name, configuration, starting_run_id, code_commit, created_by)
  select p_team, p_experiment, r.run ->> 'arm', (r.run ->> 'seed')::integer, r.run ->> 'noise', (r.run ->> 'level')::float8,
    r.place, r.run ->> 'name', r.run -> 'configuration', (r.run ->> 'startingRunId')::uuid, p_code_commit, p_created_by
  from jsonb_array_elements(p_runs) with ordinality as r (run, place)
  on conflict do nothing;
  get diagnostics added = row_count;
  if added > 0 and not was_empty then perform keep_growth(known, p_arms, p_seeds, added, p_created_by); end if;
  return added;
end $$;

revoke execute on function
  advance_witness_study, advance_study_of_rate, experiment_to_grow, keep_growth, extend_witness_study
from public;
grant execute on function advance_witness_study, extend_witness_study to tessera_app;
