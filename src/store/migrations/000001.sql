-- People and teams.
--
-- In this schema team_id leads every key; row-level security is the second lock (the first: every statement names the team).
-- The product connects as tessera_app, which owns nothing. What must see across teams is a `security definer` function.
-- Exceptions that have no team_id, because they come before a team is known: users, sessions. Only functions reach them.

create table teams (
  id uuid primary key default gen_random_uuid(),
  name text not null check (length(name) between 1 and 100),
  created_at timestamptz not null default clock_timestamp()
);

create table users (
  id uuid primary key default gen_random_uuid(),
  email text not null unique check (email = lower(email) and length(email) <= 254),
  name text not null,
  password_hash text not null,
  created_at timestamptz not null default clock_timestamp()
);

create table members (
  team_id uuid not null references teams,
  user_id uuid not null references users,
  role text not null check (role in ('viewer', 'annotator', 'researcher', 'admin')),
  created_at timestamptz not null default clock_timestamp(),
  primary key (team_id, user_id)
);
create index on members (user_id);

create table invitations (
  team_id uuid not null references teams,
  id uuid not null default gen_random_uuid(),
  email text not null,
  role text not null check (role in ('viewer', 'annotator', 'researcher', 'admin')),
  token_hash bytea not null unique,
  invited_by uuid not null references users,
  created_at timestamptz not null default clock_timestamp(),
  expires_at timestamptz not null,
  accepted_at timestamptz,
  primary key (team_id, id)
);

create table sessions (
  token_hash bytea primary key,
  user_id uuid not null references users,
  team_id uuid not null references teams,
  created_at timestamptz not null default clock_timestamp(),
  expires_at timestamptz not null
);

create table api_tokens (
  team_id uuid not null references teams,
  id uuid not null default gen_random_uuid(),
  user_id uuid not null references users,
  name text not null,
  role text not null check (role in ('viewer', 'annotator', 'researcher', 'admin')),
  token_hash bytea not null unique,
  created_at timestamptz not null default clock_timestamp(),
  expires_at timestamptz,
  last_used_at timestamptz,
  revoked_at timestamptz,
  primary key (team_id, id)
);

create table projects (
  team_id uuid not null references teams,
  id uuid not null default gen_random_uuid(),
  name text not null check (length(name) between 1 and 200),
  created_at timestamptz not null default clock_timestamp(),
  primary key (team_id, id),
  unique (team_id, name)
);
