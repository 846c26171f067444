/** @file Pretrained weights in two files, the tensors and the list of their layers: sent to a running Tessera, found again later. */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { TesseraClient } from "@tessera/client/client";
import { DomainError } from "@tessera/domain/errors";

export interface WeightsFiles {
  readonly name: string;
  /** Where they are from; shown beside every run that starts from them. */
  readonly source: string;
  readonly weightsPath: string;
  readonly graphPath: string;
}

export interface ImportedWeights {
  readonly id: string;
  readonly family: string;
  readonly reportText: string;
}

export async function importWeights(client: TesseraClient, files: WeightsFiles): Promise<ImportedWeights> {
  const [weights, graph] = [await contentOf(files.weightsPath), await contentOf(files.graphPath)];
  const input = {
    name: files.name,
    source: files.source,
    weightsSha256: await client.upload(weights),
    graphSha256: await client.upload(graph, "application/json"),
  };
  const { importWeights: imported } = await client.query<{ importWeights: ImportedWeights }>(
    "mutation ($input: ImportWeightsInput!) { importWeights(input: $input) { id family reportText } }",
    { input },
  );
  return imported;
}

/** The id of these weights: imported once, by name and content. */
export async function ensureWeights(client: TesseraClient, files: WeightsFiles): Promise<string> {
  const sha256 = createHash("sha256")
    .update(await contentOf(files.weightsPath))
    .digest("hex");
  const { weights } = await client.query<{ weights: { id: string; name: string; sha256: string }[] }>(
    "{ weights { id name sha256 } }",
  );
  const known = weights.find((each) => each.name === files.name && each.sha256 === sha256);
  return known?.id ?? (await importWeights(client, files)).id;
}

async function contentOf(path: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await readFile(path));
  } catch (error) {
    throw new DomainError(
      "BAD_INPUT",
      `${path} cannot be read; the weights and the list of their layers are two files`,
      {},
      error,
    );
  }
}
