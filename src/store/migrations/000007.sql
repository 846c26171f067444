-- Checkpoints that nothing will read again give their space back (decision 0014). Their rows stay: they are history.

-- Removes the blobs' rows and returns their hashes; the caller then removes the bytes. Kept: what the next attempt continues
-- from, the best so far, and whatever another run has too. Only steps before the newest are touched: an attempt that goes on
-- may write the same bytes again, but always at a later step.
create function prune_checkpoints(p_team uuid, p_run uuid) returns text[]
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

  with doomed as (
    select c.sha256 from checkpoints c
    where c.team_id = p_team and c.run_id = p_run
      and case c.kind
        when 'latest' then c.step < latest.step or (run.state = 'succeeded' and best.sha256 is not null)
        else c.step < best.step end
    except
    select c.sha256 from checkpoints c
    where c.team_id = p_team
      and (c.run_id <> p_run or c.sha256 = best.sha256 or (c.sha256 = latest.sha256 and run.state <> 'succeeded'))
  ), gone as (
    delete from blobs b using doomed d
    where b.team_id = p_team and b.sha256 = d.sha256
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

revoke execute on function prune_checkpoints from public;
grant execute on function prune_checkpoints to tessera_app;
