/** @file What a team has stored. The object store holds the bytes; the row makes them visible to the team. */
import { DomainError } from "@tessera/domain/errors";
import type { TeamSql } from "./database.ts";
import { inOrder } from "./page.ts";

export interface Blob {
  readonly sha256: string;
  /** Bytes. */
  readonly size: number;
  readonly mediaType: string;
}

/** Put the bytes into the object store first. Told twice, it changes nothing. */
export async function putBlob(sql: TeamSql, teamId: string, { sha256, size, mediaType }: Blob): Promise<void> {
  if (!/^[0-9a-f]{64}$/.test(sha256)) {
    throw new DomainError("BAD_INPUT", `Expected a SHA-256 as 64 lower-case hexadecimal digits, got "${sha256}".`);
  }
  await sql`
    insert into blobs (team_id, sha256, size, media_type) values (${teamId}, ${sha256}, ${size}, ${mediaType})
    on conflict do nothing`;
}

export async function blobsBySha(sql: TeamSql, teamId: string, shas: readonly string[]): Promise<(Blob | null)[]> {
  const rows = await sql<Blob[]>`
    select sha256, size, media_type from blobs where team_id = ${teamId} and sha256 = any(${shas as string[]})`;
  return inOrder(shas, rows, (row) => row.sha256);
}
