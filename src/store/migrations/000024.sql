-- Members as readers, the review queue, and masks that are drawn in the browser (decision 0045).

alter table annotations add column user_id uuid references users; -- the member who says so; null: imported, or made by a rule
alter table annotations add column corrects uuid; -- the same reader's opinion that this one takes the place of
-- Said by somebody who saw the other opinions: no further reader of a consensus, and nobody to agree or disagree with.
alter table annotations add column adjudicates boolean not null default false;
alter table annotations add foreign key (team_id, corrects) references annotations;

-- Under which name a member's opinions are kept. Given once: a label version names its readers.
create table readers (
  team_id uuid not null,
  user_id uuid not null references users,
  name text not null check (length(name) between 1 and 250),
  created_at timestamptz not null default clock_timestamp(),
  primary key (team_id, user_id),
  unique (team_id, name)
);

create table review_tasks (
  team_id uuid not null,
  id uuid not null default gen_random_uuid(),
  schema_id uuid not null,
  item_id uuid not null,
  purpose text not null check (purpose in ('firstRead', 'blindSecondRead', 'adjudication', 'review')),
  priority float8 not null default 0, -- the highest first
  note text not null default '', -- why it is to be looked at
  assigned_to uuid references users, -- this member alone; null: whoever takes it next
  state text not null default 'open' check (state in ('open', 'checking', 'done', 'skipped', 'withdrawn')),
  holder uuid references users, -- open: who has taken it; else who ended it
  lease_until timestamptz, -- open and past: somebody else may take it
  annotation_id uuid, -- what came of it
  reason text, -- why it was skipped, or the drawn mask refused
  created_by uuid not null references users,
  created_at timestamptz not null default clock_timestamp(),
  finished_at timestamptz,
  primary key (team_id, id),
  foreign key (team_id, schema_id) references label_schemas,
  foreign key (team_id, item_id) references items,
  foreign key (team_id, annotation_id) references annotations
);
-- One question at a time about an item.
create unique index on review_tasks (team_id, schema_id, item_id, purpose) where state in ('open', 'checking');
create index on review_tasks (team_id, schema_id, purpose, priority desc, id) where state = 'open';
create index on review_tasks (team_id, schema_id, state, priority desc, id);

-- Who did what to a task, and when. Never changed.
create table review_events (
  team_id uuid not null,
  id bigint generated always as identity,
  task_id uuid not null,
  user_id uuid references users, -- null: a worker
  kind text not null check (kind in (
    'created', 'assigned', 'taken', 'givenBack', 'drawn', 'saved', 'refused', 'skipped', 'reopened', 'withdrawn')),
  detail text, -- the reason, or what was wrong
  annotation_id uuid,
  created_at timestamptz not null default clock_timestamp(),
  primary key (team_id, id),
  foreign key (team_id, task_id) references review_tasks,
  foreign key (team_id, annotation_id) references annotations
);
create index on review_events (team_id, task_id, id);
create index on review_events (team_id, user_id, created_at) where kind in ('drawn', 'saved');

-- Drawn masks on their way to an annotation: a worker's decoder checks and counts what the api never looks into.
create table mask_checks (
  team_id uuid not null,
  id uuid not null default gen_random_uuid(),
  schema_id uuid not null,
  item_id uuid not null,
  task_id uuid, -- null: drawn without a task
  sha256 text not null,
  user_id uuid not null references users,
  adjudicates boolean not null,
  state text not null default 'queued' check (state in ('queued', 'running', 'succeeded', 'failed')),
  attempt integer not null default 0,
  lease_until timestamptz,
  annotation_id uuid, -- once it is one
  error text,
  created_at timestamptz not null default clock_timestamp(),
  finished_at timestamptz,
  primary key (team_id, id),
  foreign key (team_id, schema_id) references label_schemas,
  foreign key (team_id, item_id) references items,
  foreign key (team_id, task_id) references review_tasks,
  foreign key (team_id, sha256) references blobs,
  foreign key (team_id, annotation_id) references annotations
);
create index on mask_checks (team_id, created_at, id) where state in ('queued', 'running');
create index on mask_checks (team_id, task_id);

do $$
declare
  t text;
begin
  foreach t in array array['readers', 'review_tasks', 'review_events', 'mask_checks'] loop
    execute format('alter table %I enable row level security', t);
    execute format(
      'create policy team on %I using (team_id = nullif(current_setting(''app.team'', true), '''')::uuid)', t);
  end loop;
end $$;
grant select, insert on readers, review_events to tessera_app;
grant select, insert, update on review_tasks, mask_checks to tessera_app;

-- The member for whom a transaction reads what readers said; null: for nobody in particular (a worker, a statistic).
create function reading_member() returns uuid language sql stable as
$$ select nullif(current_setting('app.reader', true), '')::uuid $$;

-- Whose blind second read is not saved yet, from the moment that they may see the item: it is assigned to them, or they took it once
-- (giving it back does not open their eyes), or it waits for any annotator and they are one.
create function blind_items() returns table (schema_id uuid, item_id uuid) language sql stable set search_path = public, pg_temp as $$
  select t.schema_id, t.item_id from review_tasks t
  where t.team_id = nullif(current_setting('app.team', true), '')::uuid and t.purpose = 'blindSecondRead' and t.state in ('open', 'checking')
    and (t.assigned_to = reading_member() or t.holder = reading_member()
      or exists (select from review_events e where e.team_id = t.team_id and e.task_id = t.id and e.user_id = reading_member() and e.kind = 'taken')
      or t.assigned_to is null and exists (
        select from members m where m.team_id = t.team_id and m.user_id = reading_member() and m.role = 'annotator'))
$$;

create policy blind on annotations as restrictive for select using (
  reading_member() is null or user_id = reading_member()
  or (schema_id, item_id) not in (select b.schema_id, b.item_id from blind_items() b));

revoke execute on function reading_member, blind_items from public;
grant execute on function reading_member, blind_items to tessera_app;
