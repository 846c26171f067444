/** @file Label versions by rule: each is asked for, made by a worker, and waited for. */
import type { TesseraClient } from "@tessera/client/client";
import { DomainError } from "@tessera/domain/errors";
import type { LabelRule } from "@tessera/domain/labels/rule";
import { Bar } from "../../terminal.ts";

interface Job {
  readonly id: string;
  readonly state: string;
  readonly error: string | null;
  readonly labelVersion: { readonly id: string } | null;
}

const fields = "id state error labelVersion { id }";

export interface VersionWish {
  readonly datasetId: string;
  readonly schemaId: string;
  readonly rule: LabelRule;
  readonly fromVersionId: string | null;
}

/** What the same rule has made before is found again. @throws DomainError UNAVAILABLE with the job's own words */
export async function labelVersionsBy(
  client: TesseraClient,
  wishes: readonly VersionWish[],
): Promise<readonly string[]> {
  const bar = new Bar();
  const jobs: Job[] = [];
  for (const input of wishes) {
    const document = `mutation ($input: CreateLabelVersionInput!) { createLabelVersion(input: $input) { ${fields} } }`;
    jobs.push((await client.query<{ createLabelVersion: Job }>(document, { input })).createLabelVersion);
  }
  const made: string[] = [];
  for (const { id } of jobs) {
    bar.show("Label versions by rule", made.length, wishes.length);
    made.push(await versionOf(client, id));
  }
  bar.end();
  return made;
}

async function versionOf(client: TesseraClient, jobId: string): Promise<string> {
  for (;;) {
    const document = `query ($id: UUID!) { labelJob(id: $id) { ${fields} } }`;
    const { labelJob } = await client.query<{ labelJob: Job }>(document, { id: jobId });
    if (labelJob.labelVersion) return labelJob.labelVersion.id;
    if (labelJob.state === "FAILED" || labelJob.state === "CANCELLED") {
      throw new DomainError("UNAVAILABLE", `A label version was not made: ${labelJob.error ?? "it was cancelled"}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
}
