-- Identity: what happens before a team is known, or needs the names in `users`. These functions run as the owner, past
-- row-level security, so each one checks what it gives out.

create function create_first_team(p_team_name text, p_email text, p_name text, p_password_hash text)
returns table (team_id uuid, user_id uuid)
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform pg_advisory_xact_lock(hashtext('tessera first team'));
  if exists (select from teams) then return; end if;
  insert into users (email, name, password_hash) values (lower(p_email), p_name, p_password_hash) returning id into user_id;
  insert into teams (name) values (p_team_name) returning id into team_id;
  insert into members (team_id, user_id, role) values (create_first_team.team_id, create_first_team.user_id, 'admin');
  return next;
end $$;

create function user_for_sign_in(p_email text)
returns table (user_id uuid, name text, password_hash text, teams jsonb)
language sql stable security definer set search_path = public, pg_temp as $$
  select u.id, u.name, u.password_hash, coalesce(
    (select jsonb_agg(jsonb_build_object('teamId', t.id, 'teamName', t.name, 'role', m.role) order by m.created_at, t.id)
     from members m join teams t on t.id = m.team_id where m.user_id = u.id), '[]')
  from users u where u.email = lower(p_email)
$$;

create function create_session(p_token_hash bytea, p_user uuid, p_team uuid, p_expires_at timestamptz) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  delete from sessions where user_id = p_user and expires_at < clock_timestamp();
  insert into sessions (token_hash, user_id, team_id, expires_at)
  select p_token_hash, user_id, team_id, p_expires_at from members where team_id = p_team and user_id = p_user;
  return found;
end $$;

create function session_by_token(p_token_hash bytea)
returns table (user_id uuid, user_name text, email text, team_id uuid, team_name text, role text)
language sql stable security definer set search_path = public, pg_temp as $$
  select u.id, u.name, u.email, t.id, t.name, m.role
  from sessions s
  join members m on m.team_id = s.team_id and m.user_id = s.user_id
  join users u on u.id = s.user_id
  join teams t on t.id = s.team_id
  where s.token_hash = p_token_hash and s.expires_at > clock_timestamp()
$$;

create function delete_session(p_token_hash bytea) returns void
language sql security definer set search_path = public, pg_temp as $$
  delete from sessions where token_hash = p_token_hash
$$;

-- The role is the least of the token's and the member's: a demoted member's tokens are demoted too.
create function principal_by_api_token(p_token_hash bytea)
returns table (user_id uuid, user_name text, email text, team_id uuid, team_name text, role text)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  token api_tokens;
  ranks constant text[] := array['viewer', 'annotator', 'researcher', 'admin'];
begin
  select * into token from api_tokens a
  where a.token_hash = p_token_hash and a.revoked_at is null
    and (a.expires_at is null or a.expires_at > clock_timestamp());
  if not found then return; end if;
  if token.last_used_at is null or token.last_used_at < clock_timestamp() - interval '1 minute' then
    update api_tokens a set last_used_at = clock_timestamp() where a.team_id = token.team_id and a.id = token.id;
  end if;
  return query
    select u.id, u.name, u.email, t.id, t.name,
      ranks[least(array_position(ranks, m.role), array_position(ranks, token.role))]
    from members m join users u on u.id = m.user_id join teams t on t.id = m.team_id
    where m.team_id = token.team_id and m.user_id = token.user_id;
end $$;

-- status: 'accepted', 'unknown', 'used', 'expired', 'exists' (that person must sign in first), 'other' (not that person's).
create function accept_invitation(p_token_hash bytea, p_name text, p_password_hash text, p_user uuid)
returns table (status text, user_id uuid, team_id uuid)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  invitation invitations;
  known users;
begin
  select * into invitation from invitations i where i.token_hash = p_token_hash for update;
  select * into known from users u where u.email = invitation.email;
  status := case
    when invitation.id is null then 'unknown'
    when invitation.accepted_at is not null then 'used'
    when invitation.expires_at <= clock_timestamp() then 'expired'
    when p_user is null and known.id is not null then 'exists'
    when p_user is not null and known.id is distinct from p_user then 'other'
    else 'accepted' end;
  if status = 'accepted' then
    user_id := known.id;
    team_id := invitation.team_id;
    if user_id is null then
      insert into users (email, name, password_hash) values (invitation.email, p_name, p_password_hash)
      returning id into user_id;
    end if;
    insert into members (team_id, user_id, role)
    values (accept_invitation.team_id, accept_invitation.user_id, invitation.role) on conflict do nothing;
    update invitations i set accepted_at = clock_timestamp() where i.team_id = invitation.team_id and i.id = invitation.id;
  end if;
  return next;
end $$;

-- Names of people this team knows: its members, and who made its runs and experiments before leaving.
create function team_people()
returns table (user_id uuid, name text, email text)
language sql stable security definer set search_path = public, pg_temp as $$
  with team as (select nullif(current_setting('app.team', true), '')::uuid as id)
  select u.id, u.name, u.email from users u, team
  where u.id in (select m.user_id from members m where m.team_id = team.id)
     or exists (select from experiments e where e.team_id = team.id and e.created_by = u.id)
     or exists (select from runs r where r.team_id = team.id and r.created_by = u.id)
$$;

revoke execute on all functions in schema public from public;
grant execute on function
  create_first_team, user_for_sign_in, create_session, session_by_token, delete_session, principal_by_api_token,
  accept_invitation, team_people
to tessera_app;
