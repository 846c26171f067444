-- Added runs learn from the labels of their arm and are scored on those of their experiment, as its first runs are (decision 0054): until
-- now they took the experiment's own for both.
create or replace function extend_experiment(
  p_team uuid, p_experiment uuid, p_arms jsonb, p_seeds integer[], p_runs jsonb, p_code_commit text, p_created_by uuid)
returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  known experiments;
  added integer;
begin
  known := experiment_to_grow(p_team, p_experiment, p_arms, p_seeds);
  if known.id is null then return null; end if;

  insert into runs (team_id, project_id, experiment_id, name, arm, seed, configuration, dataset_id, label_version_id,
    evaluation_label_version_id, split_id, starting_run_id, code_commit, created_by)
  select p_team, known.project_id, p_experiment, r.run ->> 'name', r.run ->> 'arm', (r.run ->> 'seed')::integer,
    r.run -> 'configuration', known.dataset_id, coalesce((r.run ->> 'labelVersionId')::uuid, known.label_version_id),
    known.evaluation_label_version_id, coalesce((r.run ->> 'splitId')::uuid, known.split_id), (r.run ->> 'startingRunId')::uuid,
    p_code_commit, p_created_by
  from jsonb_array_elements(p_runs) with ordinality as r (run, place)
  where not exists (
    select from runs have
    where have.team_id = p_team and have.experiment_id = p_experiment
      and have.arm = r.run ->> 'arm' and have.seed = (r.run ->> 'seed')::integer)
  order by r.place;
  get diagnostics added = row_count;
  if added > 0 then perform keep_growth(known, p_arms, p_seeds, added, p_created_by); end if;
  return added;
end $$;

-- How long a saved blind read can be taken back by its reader, who stays blind for as long.
create function blind_undo() returns interval language sql immutable as $$ select interval '2 minutes' $$;

-- As before, and more: a reader who skipped, or who saved only now, may open the read again, and so is blind for as long as they may.
create or replace function blind_items() returns table (schema_id uuid, item_id uuid) language sql stable set search_path = public, pg_temp as $$
  select t.schema_id, t.item_id from review_tasks t
  where t.team_id = nullif(current_setting('app.team', true), '')::uuid and t.purpose = 'blindSecondRead' and (
    t.state in ('open', 'checking', 'skipped') and (t.holder = reading_member()
      or exists (select from review_events e where e.team_id = t.team_id and e.task_id = t.id and e.user_id = reading_member() and e.kind = 'taken'))
    or t.state in ('open', 'checking') and (t.assigned_to = reading_member()
      or t.assigned_to is null and exists (
        select from members m where m.team_id = t.team_id and m.user_id = reading_member() and m.role = 'annotator'))
    or t.state = 'done' and t.holder = reading_member() and t.finished_at > now() - blind_undo())
$$;
revoke execute on function blind_undo from public;
grant execute on function blind_undo to tessera_app;
