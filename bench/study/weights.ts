/** @file The imported weights of a transfer study: where they lie, and how its arms come to name them. */
import { join, resolve } from "node:path";
import { ensureWeights } from "@tessera/cli/weights/importWeights";
import type { TesseraClient } from "@tessera/client/client";
import type { TransferDesign } from "./design.ts";

/** The design's arms with the id of its weights, which are imported where the product has them not. */
export async function withWeights(
  client: TesseraClient,
  { weights, arms }: TransferDesign,
): Promise<TransferDesign["arms"]> {
  const { name, source, variable, folder, file } = weights;
  const stem = join(resolve(process.env[variable] ?? folder), file);
  const weightsId = await ensureWeights(client, {
    name,
    source,
    weightsPath: `${stem}.safetensors`,
    graphPath: `${stem}.graph.json`,
  });
  const named = (start: Readonly<Record<string, unknown>>) =>
    start.kind === "imported" ? { ...start, weightsId } : start;
  return arms.map((arm) => {
    const { of, ...start } = arm.startingWeights;
    return {
      name: arm.name,
      startingWeights: of ? { ...start, of: named(of as Readonly<Record<string, unknown>>) } : named(start),
    };
  });
}
