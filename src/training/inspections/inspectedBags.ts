/** @file A run on bags whose weights are looked into: its models, its bags, where their tiles are and what is known of them. */
import type { MilConfiguration } from "@tessera/domain/configuration/milRun";
import type { BagOrigin, TilePlace, TileTruthSource } from "@tessera/domain/inspections/tileMaps";
import { ClassLabels } from "../classification/labels.ts";
import { bagFactsOf } from "../mil/bagFacts.ts";
import { MultipleInstance } from "../mil/task.ts";
import { type ModelParts, type RunModels, runModels } from "./inspectedRun.ts";

/** What is known of single tiles. */
export interface TileTruth {
  readonly source: TileTruthSource;
  /** Items of which something is known. */
  readonly itemIds: ReadonlySet<string>;
  /** By row of the bag: 1 of the class, 0 not, 2 not known; null: nothing is known of this class. @throws DomainError BAD_FILE */
  tiles(itemId: string, classIndex: number): Promise<Uint8Array | null>;
}

export interface BagParts extends ModelParts {
  readonly configuration: MilConfiguration;
  /** Of the label schema. */
  readonly classes: number;
  readonly exclusive: boolean;
  /** Memory that `items` may keep, bytes. */
  readonly keptBytes: number;
  readonly tileTruth: TileTruth | null;
  /** Null: of no slide that is here. */
  origin(itemId: string): BagOrigin | null;
  /** By row of the bag; null as `origin`. */
  places(itemId: string): Promise<readonly TilePlace[] | null>;
}

export interface InspectedBags
  extends RunModels,
    Pick<BagParts, "runId" | "configuration" | "seed" | "items" | "keptBytes" | "tileTruth" | "origin" | "places"> {
  readonly task: MultipleInstance;
}

/** @throws DomainError CONFLICT where an item is no bag */
export function inspectedBags(parts: BagParts): InspectedBags {
  const { runId, configuration, seed, classes, exclusive, items, keptBytes, tileTruth } = parts;
  const all = Object.values(items).flat();
  const task = new MultipleInstance(configuration, new ClassLabels(classes, exclusive), bagFactsOf(all));
  return {
    ...{ runId, configuration, seed, items, keptBytes, tileTruth, task },
    origin: (itemId) => parts.origin(itemId),
    places: (itemId) => parts.places(itemId),
    ...runModels(task, parts),
  };
}
