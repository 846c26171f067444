-- Perceptual hashes of items (src/domain/duplicates). Items are never updated: what is computed of them has rows of its own.

create table item_hashes (
  team_id uuid not null,
  item_id uuid not null,
  version integer not null, -- hashVersion
  hash bytea check (octet_length(hash) = 8),
  pixels bytea, -- the small grey picture
  error text, -- why there is no hash
  created_at timestamptz not null default clock_timestamp(),
  primary key (team_id, item_id, version),
  foreign key (team_id, item_id) references items,
  check ((hash is null) = (pixels is null) and (hash is null) = (error is not null))
);

-- Items without a row are what is left to hash: there is no other queue. One worker of a team hashes at a time, so that no item
-- is read twice; where two did, nothing would be wrong.
create table hashing_leases (
  team_id uuid primary key references teams,
  worker_id uuid not null,
  lease_until timestamptz not null
);

do $$
declare
  t text;
begin
  foreach t in array array['item_hashes', 'hashing_leases'] loop
    execute format('alter table %I enable row level security', t);
    execute format(
      'create policy team on %I using (team_id = nullif(current_setting(''app.team'', true), '''')::uuid)', t);
  end loop;
end $$;

grant select, insert on item_hashes to tessera_app;
grant select, insert, update on hashing_leases to tessera_app;

-- Some items that have no hash of this version yet, as [{"itemId", "sha256"}], of the picture to hash: the item's own where its
-- sides are at most p_side (a thumbnail is compressed, which small pictures suffer from), else its thumbnail's; null where all have one, or another worker
-- has the lease. A worker that asks again keeps it.
create function claim_hashing(p_team uuid, p_worker uuid, p_lease_seconds float8, p_version integer, p_most integer, p_side integer)
returns jsonb
language plpgsql set search_path = public, pg_temp as $$
declare
  claimed jsonb;
begin
  perform set_config('app.team', p_team::text, true);
  select jsonb_agg(jsonb_build_object('itemId', i.id, 'sha256', i.picture)) into claimed
  from (
    select id, case when greatest(width, height) <= p_side then sha256 else thumbnail_sha256 end as picture from items
    where team_id = p_team and not exists (
      select from item_hashes h where h.team_id = items.team_id and h.item_id = items.id and h.version = p_version)
    order by id limit p_most) i;
  if claimed is null then return null; end if;
  insert into hashing_leases as l (team_id, worker_id, lease_until)
  values (p_team, p_worker, clock_timestamp() + make_interval(secs => p_lease_seconds))
  on conflict (team_id) do update set worker_id = excluded.worker_id, lease_until = excluded.lease_until
  where l.worker_id = p_worker or l.lease_until < clock_timestamp();
  if not found then return null; end if;
  return claimed;
end $$;

-- By a worker that is done, or stopped: the next one goes on at once.
create function give_back_hashing(p_team uuid, p_worker uuid) returns void
language plpgsql set search_path = public, pg_temp as $$
begin
  perform set_config('app.team', p_team::text, true);
  update hashing_leases set lease_until = clock_timestamp() where team_id = p_team and worker_id = p_worker;
end $$;

revoke execute on function claim_hashing, give_back_hashing from public;
grant execute on function claim_hashing, give_back_hashing to tessera_app;
