/** @file A run on bags for a computation: its bags as training reads them, where their tiles are, and what is known of them. */
import type { MilConfiguration } from "@tessera/domain/configuration/milRun";
import type { TilePlace } from "@tessera/domain/inspections/tileMaps";
import { decodeManifest } from "@tessera/domain/slides/manifest";
import type { Objects } from "@tessera/objects/objects";
import { type InspectedBags, inspectedBags } from "@tessera/training/inspections/inspectedBags";
import { bagBytes, bagItems } from "../trainer/bagItems.ts";
import { byFold, importedFiles } from "../trainer/runJob.ts";
import type { InspectedJob } from "./protocol.ts";
import { readCheckpoint } from "./readCheckpoint.ts";

/** @param memoryBytes for bags that are kept, at most */
export function openBags(
  { run, checkpoint, bags }: InspectedJob,
  configuration: MilConfiguration,
  objects: Objects,
  memoryBytes: number,
): InspectedBags {
  const { teamId, runId, seed, classes, exclusive, startingSha256, items } = run;
  const origin = (itemId: string) => bags?.origins[itemId] ?? null;
  const keptBytes = Math.min(memoryBytes, bagBytes(items));
  const tilesOf = new Map(items.map(({ itemId, bagSize }) => [itemId, bagSize?.tiles]));

  async function places(itemId: string): Promise<TilePlace[] | null> {
    const from = origin(itemId);
    if (from === null) return null;
    const { tiles, extent } = decodeManifest(await objects.read(teamId, from.manifestSha256));
    if (tiles.x.length !== tilesOf.get(itemId)) return null; // not of these rows
    return tiles.x.map((x, tile) => ({ x, y: tiles.y[tile]!, width: extent.x, height: extent.y }));
  }

  return inspectedBags({
    ...{ runId, configuration, seed, classes, exclusive, origin, places, keptBytes, tileTruth: null },
    items: byFold(run, bagItems({ teamId, items, memoryBytes: keptBytes, objects })),
    checkpoint: () => readCheckpoint(objects, teamId, checkpoint),
    startingWeights: async () => (startingSha256 === null ? null : objects.read(teamId, startingSha256)),
    importedWeights: () => importedFiles(run, objects),
  });
}
