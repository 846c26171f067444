/** @file `tessera prepare`: migrations, then the first team and its admin (TESSERA_EMAIL, TESSERA_PASSWORD). Safe to repeat. */
import { migrate } from "@tessera/store/migrate";
import { ensureFirstTeam } from "../firstTeam.ts";
import { readSettings } from "../settings.ts";
import { say } from "../terminal.ts";
import { namedConnection, withDatabase } from "./database.ts";

export async function run(): Promise<void> {
  const { from, to } = await migrate(namedConnection());
  say(`Database schema: ${from} → ${to}`);
  const { email } = await withDatabase((db) => ensureFirstTeam(db, readSettings().home));
  say(`The first team's admin is ${email}`);
}
