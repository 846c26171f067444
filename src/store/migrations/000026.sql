-- Regions that readers draw on slides (decision 0050): all that one reader says of one slide at one time. Never updated: a later set names the one it corrects.
create table region_sets (
  team_id uuid not null,
  id uuid not null,
  item_id uuid not null,
  reader text not null,
  user_id uuid references users, -- the member who says so; null: imported under another reader's name
  created_by uuid not null references users,
  corrects uuid, -- the same reader's set that this one takes the place of
  complete boolean not null, -- outside of these regions the slide is known to hold none of their classes
  regions jsonb not null, -- [{"className", "polygons": [[[[x, y]]]]}], pixels of level 0
  created_at timestamptz not null default clock_timestamp(),
  primary key (team_id, id),
  foreign key (team_id, item_id) references items,
  foreign key (team_id, corrects) references region_sets
);
create index on region_sets (team_id, item_id, reader, created_at);

alter table region_sets enable row level security;
create policy team on region_sets using (team_id = nullif(current_setting('app.team', true), '')::uuid);
-- As of annotations (000024): who is yet to read a slide blind sees no regions but their own.
create policy blind on region_sets as restrictive for select using (
  reading_member() is null or user_id = reading_member() or item_id not in (select b.item_id from blind_items() b));
grant select, insert on region_sets to tessera_app;
