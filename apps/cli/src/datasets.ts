import type { TesseraClient } from "@tessera/client/client";

export interface DatasetRef {
  readonly id: string;
  readonly items: number;
  readonly labelVersionId: string | null;
  readonly splitId: string | null;
}

/** As the api names what the pictures are. */
export const modalities = ["ENDOSCOPY", "XRAY", "HISTOLOGY", "OTHER"] as const;
export type Modality = (typeof modalities)[number];

interface DatasetNode {
  id: string;
  name: string;
  itemCount: number;
  labelVersions: { id: string; number: number }[];
  splits: { id: string }[];
}

export interface NamedDataset {
  readonly name: string;
  readonly modality: Modality;
}

const fields = "id name itemCount labelVersions { id number } splits { id }";

/** The dataset of this name with its newest label version and first split; made, of the modality given, when there is none. */
export async function ensureDataset(
  client: TesseraClient,
  projectName: string,
  { name, modality }: NamedDataset,
): Promise<DatasetRef> {
  const { datasets } = await client.query<{ datasets: { edges: { node: DatasetNode }[] } }>(
    `{ datasets(first: 100) { edges { node { ${fields} } } } }`,
  );
  const known = datasets.edges.find(({ node }) => node.name === name)?.node;
  const node = known ?? (await createDataset(client, projectName, { name, modality }));
  const newest = [...node.labelVersions].sort((a, b) => b.number - a.number)[0];
  return {
    id: node.id,
    items: node.itemCount,
    labelVersionId: newest?.id ?? null,
    splitId: node.splits[0]?.id ?? null,
  };
}

async function createDataset(
  client: TesseraClient,
  projectName: string,
  { name, modality }: NamedDataset,
): Promise<DatasetNode> {
  const { createDataset: made } = await client.query<{ createDataset: DatasetNode }>(
    `mutation ($input: CreateDatasetInput!) { createDataset(input: $input) { ${fields} } }`,
    { input: { projectName, name, modality } },
  );
  return made;
}
