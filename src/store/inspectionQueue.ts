/** @file The queue of inspections, as a worker sees it. Only the newest attempt may write. */
import { DomainError } from "@tessera/domain/errors";
import type { InspectionKindName } from "@tessera/domain/inspections/kinds";
import type { Blob } from "./blobs.ts";
import type { Database } from "./database.ts";
import type { InspectedCheckpoint } from "./inspections.ts";
import type { Json } from "./runs.ts";
import { clean } from "./text.ts";

export interface ClaimedInspection {
  readonly id: string;
  readonly attempt: number;
  readonly kind: InspectionKindName;
  readonly request: Json;
  readonly runIds: readonly string[];
  readonly checkpoints: readonly InspectedCheckpoint[];
}

interface Attempt {
  readonly teamId: string;
  readonly id: string;
  readonly attempt: number;
}

/** The oldest queued inspection, or one whose worker was lost; null where there is none. */
export async function claimInspection(
  db: Database,
  { teamId, workerId, leaseSeconds }: { teamId: string; workerId: string; leaseSeconds: number },
): Promise<ClaimedInspection | null> {
  const [row] = await db.once(
    (sql) => sql<{ claimed: ClaimedInspection | null }[]>`
      select claim_inspection(${teamId}, ${workerId}, ${leaseSeconds}) as claimed`,
  );
  return row!.claimed;
}

/** With what is done of the whole so far. False: it was cancelled, or another attempt has it; stop. */
export async function renewInspection(
  db: Database,
  { teamId, id, attempt, leaseSeconds, done, total }: Attempt & { leaseSeconds: number; done: number; total: number },
): Promise<boolean> {
  const [row] = await db.once(
    (sql) => sql<{ owned: boolean }[]>`
      select renew_inspection(${teamId}, ${id}, ${attempt}, ${leaseSeconds}, ${done}, ${total}) as owned`,
  );
  return row!.owned;
}

/**
 * Keeps the answer, with the files that it names, whose bytes are in the object store already. Told twice, it is one.
 * @throws DomainError STALE_ATTEMPT.
 */
export async function finishInspection(
  db: Database,
  { teamId, id, attempt, result, blobs }: Attempt & { result: unknown; blobs: readonly Blob[] },
): Promise<void> {
  const [row] = await db.once(
    (sql) => sql<{ finished: boolean }[]>`
      select finish_inspection(${teamId}, ${id}, ${attempt}, ${sql.json(result as never)}, ${sql.json(blobs as never)},
        null) as finished`,
  );
  if (!row!.finished) throw stale(id, attempt);
}

/** @throws DomainError STALE_ATTEMPT. */
export async function failInspection(
  db: Database,
  { teamId, id, attempt, error }: Attempt & { error: string },
): Promise<void> {
  const [row] = await db.once(
    (sql) => sql<{ finished: boolean }[]>`
      select finish_inspection(${teamId}, ${id}, ${attempt}, null, '[]', ${clean(error)}) as finished`,
  );
  if (!row!.finished) throw stale(id, attempt);
}

/** For a worker that is stopped on purpose: the next one goes on at once, and no worker counts as lost. */
export async function giveBackInspection(db: Database, { teamId, id, attempt }: Attempt): Promise<void> {
  await db.once((sql) => sql`select give_back_inspection(${teamId}, ${id}, ${attempt})`);
}

const stale = (id: string, attempt: number) =>
  new DomainError("STALE_ATTEMPT", `Attempt ${attempt} no longer holds this inspection; stop working on it.`, {
    id,
    attempt,
  });
