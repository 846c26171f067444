/** @file Predicted masks of a foreign run, sent by item name, scored by a worker as the platform scores its own. */
import { TesseraError } from "./error.ts";
import type { Query } from "./query.ts";
import { retried } from "./retried.ts";

export interface Predictions {
  readonly labelVersionId: string;
  readonly splitId: string;
  /** TEST where absent. */
  readonly fold?: "VALIDATION" | "TEST";
  /** Side of the square to count at, pixels: as the runs it is to be compared with. */
  readonly size: number;
  /** For every item of the fold, by its name: a PNG of any size, white foreground on black. */
  readonly masks: ReadonlyMap<string, Uint8Array<ArrayBuffer>>;
}

export type Upload = (bytes: Uint8Array<ArrayBuffer>, mediaType: string) => Promise<string>;

const pollMs = 500;

const scoreDocument = "mutation ($input: ScorePredictionsInput!) { scorePredictions(input: $input) { id } }";
const stateDocument = "query ($id: UUID!) { run(id: $id) { predictionScorings { id state error } } }";
const itemsDocument = `query ($splitId: UUID!, $fold: Fold!, $after: String) {
  split(id: $splitId) { dataset { items(first: 500, after: $after, splitId: $splitId, fold: $fold) {
    edges { node { id name } } pageInfo { hasNextPage endCursor }
  } } }
}`;

/** Resolves once a worker has scored them. @throws TesseraError with what was refused, or which masks cannot be scored. */
export async function scorePredictions(
  query: Query,
  upload: Upload,
  runId: string,
  { labelVersionId, splitId, fold = "TEST", size, masks }: Predictions,
): Promise<void> {
  const idOf = await itemIds(query, splitId, fold);
  const unknown = [...masks.keys()].filter((name) => !idOf.has(name));
  if (unknown.length > 0) {
    throw new TesseraError("BAD_INPUT", `Not in the ${fold} fold of this split: ${unknown.slice(0, 10).join(", ")}`);
  }
  const predictions: { itemId: string; sha256: string }[] = [];
  for (const [name, bytes] of masks) {
    predictions.push({ itemId: idOf.get(name)!, sha256: await upload(bytes, "image/png") });
  }
  const input = { runId, labelVersionId, splitId, fold, size, predictions };
  const { scorePredictions } = await query<{ scorePredictions: { id: string } }>(scoreDocument, { input });
  for (;;) {
    type Answer = { run: { predictionScorings: { id: string; state: string; error: string | null }[] } };
    const { run } = await retried(() => query<Answer>(stateDocument, { id: runId }));
    const scoring = run.predictionScorings.find(({ id }) => id === scorePredictions.id)!;
    if (scoring.state === "SUCCEEDED") return;
    if (scoring.state === "FAILED") throw new TesseraError("BAD_FILE", scoring.error ?? "The scoring failed");
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
}

async function itemIds(query: Query, splitId: string, fold: string): Promise<Map<string, string>> {
  interface Page {
    edges: { node: { id: string; name: string } }[];
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
  }
  const ids = new Map<string, string>();
  let after: string | null = null;
  do {
    type Answer = { split: { dataset: { items: Page } } | null };
    const { split }: Answer = await query<Answer>(itemsDocument, { splitId, fold, after });
    if (!split) throw new TesseraError("NOT_FOUND", `No split ${splitId} in this team`);
    const { edges, pageInfo }: Page = split.dataset.items;
    for (const { node } of edges) ids.set(node.name, node.id);
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
  } while (after !== null);
  return ids;
}
