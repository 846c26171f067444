/** @file How far the planted readers agree, beside how far they should. */
import type { TesseraClient } from "@tessera/client/client";
import { DomainError } from "@tessera/domain/errors";
import { fleissOf, kappaOf, type State } from "@tessera/synthetic/readerTruth";
import type { ReaderDataset } from "./dataset.ts";
import type { Figure } from "./figure.ts";

interface Estimate {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

interface Agreement {
  readonly fleiss: Estimate;
  readonly pairs: readonly { readonly a: string; readonly b: string; readonly kappa: Estimate }[];
}

/** Cohen's kappa of each pair, and Fleiss' of all. */
export async function agreementFigures(
  client: TesseraClient,
  dataset: ReaderDataset,
  readers: readonly string[],
  states: readonly State[],
): Promise<Figure[]> {
  type Answer = { dataset: { agreement: { overall: Agreement | null } } };
  const estimate = "{ value low high }";
  const document = `query ($id: UUID!, $schemaId: UUID!, $readers: [String!]) { dataset(id: $id) {
    agreement(schemaId: $schemaId, readers: $readers) { overall { fleiss ${estimate} pairs { a b kappa ${estimate} } } } } }`;
  const variables = { id: dataset.id, schemaId: dataset.schemaId, readers };
  const { overall } = (await client.query<Answer>(document, variables)).dataset.agreement;
  if (!overall) throw new DomainError("UNAVAILABLE", "The readers' opinions are there, yet not how far they agree");
  return [
    ...overall.pairs.map(({ a, b, kappa }) => figureOf(`kappa ${a}, ${b}`, kappaOf(states, a, b), kappa)),
    figureOf("fleiss kappa", fleissOf(states, readers), overall.fleiss),
  ];
}

/** @throws DomainError UNAVAILABLE where the product knows no interval */
export function figureOf(name: string, truth: number, { value, low, high }: Estimate): Figure {
  if (value === null || low === null || high === null) {
    throw new DomainError("UNAVAILABLE", `${name}: expected an estimate with its interval, got none`);
  }
  return { name, truth, estimate: value, low, high };
}
