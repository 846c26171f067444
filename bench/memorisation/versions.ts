/** @file The label versions of the study: the imported one, and one by symmetric noise for each rate, made by the product. */
import type { TesseraClient } from "@tessera/client/client";

interface Version {
  readonly id: string;
  readonly number: number;
  readonly result: { readonly noise: { readonly effectiveRate: number } | null } | null;
}

export interface NoisyVersions {
  readonly clean: string;
  /** In the order of the rates. */
  readonly noisy: readonly { readonly rate: number; readonly id: string; readonly effectiveRate: number }[];
}

/** What the same rule has made before is that version again, so a second call makes none. */
export async function ensureVersions(
  client: TesseraClient,
  datasetName: string,
  { rates, noiseSeed }: { readonly rates: readonly number[]; readonly noiseSeed: number },
): Promise<NoisyVersions> {
  type Datasets = { datasets: { edges: { node: { id: string; name: string; labelVersions: Version[] } }[] } };
  const { datasets } = await client.query<Datasets>(
    `{ datasets(first: 100) { edges { node { id name labelVersions { id number result { noise { effectiveRate } } } } } } }`,
  );
  const dataset = datasets.edges.find(({ node }) => node.name === datasetName)!.node;
  const clean = dataset.labelVersions.find(({ number }) => number === 1)!.id;
  const noisy = [];
  for (const rate of rates) {
    const rule = { kind: "noise", seed: noiseSeed, model: { kind: "symmetric", rate } };
    const version = await made(client, { datasetId: dataset.id, fromVersionId: clean, rule });
    noisy.push({ rate, id: version.id, effectiveRate: version.result!.noise!.effectiveRate });
  }
  return { clean, noisy };
}

async function made(client: TesseraClient, input: Readonly<Record<string, unknown>>): Promise<Version> {
  const { createLabelVersion } = await client.query<{ createLabelVersion: { id: string } }>(
    "mutation ($input: CreateLabelVersionInput!) { createLabelVersion(input: $input) { id } }",
    { input },
  );
  type Job = { state: string; error: string | null; labelVersion: Version | null };
  for (;;) {
    const { labelJob } = await client.query<{ labelJob: Job }>(
      "query ($id: UUID!) { labelJob(id: $id) { state error labelVersion { id number result { noise { effectiveRate } } } } }",
      { id: createLabelVersion.id },
    );
    if (labelJob.labelVersion !== null) return labelJob.labelVersion;
    if (labelJob.error !== null) throw new Error(`The label version could not be made: ${labelJob.error}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
