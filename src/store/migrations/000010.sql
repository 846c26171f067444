-- Names are looked up for the people asked about: it read every user of the installation and every run of the team.

create index on runs (team_id, created_by);
create index on experiments (team_id, created_by);

drop function team_people();

-- Of these people, those this team knows: its members, and who made its runs and experiments before leaving.
create function team_people(p_users uuid[])
returns table (user_id uuid, name text, email text)
language sql stable security definer set search_path = public, pg_temp as $$
  with team as (select nullif(current_setting('app.team', true), '')::uuid as id)
  select u.id, u.name, u.email from users u, team
  where u.id = any(p_users) and coalesce(
    (select true from members m where m.team_id = team.id and m.user_id = u.id),
    (select true from experiments e where e.team_id = team.id and e.created_by = u.id limit 1),
    (select true from runs r where r.team_id = team.id and r.created_by = u.id limit 1), false)
$$;

revoke execute on function team_people from public;
grant execute on function team_people to tessera_app;
