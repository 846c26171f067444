/** @file A run whose weights are looked into: its models, as they were before training and at the best checkpoint. */
import type * as tf from "@tensorflow/tfjs";
import type { ImageConfiguration, RunConfiguration } from "@tessera/domain/configuration/run";
import type { WeightTime } from "@tessera/domain/inspections/inspection";
import { writeWeights } from "@tessera/models/weights/named";
import { copyWeights } from "@tessera/models/weights/transfer";
import { readCheckpoint, scoredWeights } from "../checkpoint.ts";
import type { TrainingItems } from "../items.ts";
import { start } from "../startingWeights.ts";
import type { Task } from "../task.ts";
import { taskOf } from "../taskOf.ts";
import type { ImportedFiles } from "../trainOptions.ts";
import type { ItemMasks } from "./itemMasks.ts";

/** Of what a run's models are made. */
export interface ModelParts {
  readonly runId: string;
  readonly configuration: RunConfiguration;
  readonly seed: number;
  /** In the order in which the run had them. */
  readonly items: TrainingItems;
  /** What was trained into its best weights. */
  checkpoint(): Promise<Uint8Array>;
  /** As train's options of these names. */
  startingWeights(): Promise<Uint8Array | null>;
  importedWeights(): Promise<ImportedFiles | undefined>;
}

export interface RunModels {
  /** Its own; dispose of it. At the end the averaged weights, where the run has any: these are scored. */
  model(at: WeightTime): Promise<tf.LayersModel>;
  /** Of the same architecture, with fresh random weights; dispose of it. */
  randomModel(seed: number): tf.LayersModel;
}

export interface RunParts extends ModelParts {
  readonly configuration: ImageConfiguration;
  /** Of the label schema. */
  readonly classes: number;
  readonly exclusive: boolean;
  /** At the size of its model. */
  readonly items: TrainingItems;
  /** The same items at the size of another model. */
  itemsAt(size: number): Promise<TrainingItems>;
  /** Where the kind of inspection looks at masks, and there are any. */
  readonly masks: ItemMasks | null;
}

export interface InspectedRun
  extends RunModels,
    Pick<RunParts, "runId" | "configuration" | "seed" | "items" | "itemsAt" | "masks"> {
  readonly task: Task;
}

export function inspectedRun(parts: RunParts): InspectedRun {
  const { runId, configuration, seed, classes, exclusive, items, itemsAt, masks } = parts;
  const task = taskOf(configuration, { classes, exclusive });
  return { runId, configuration, seed, items, itemsAt, masks, task, ...runModels(task, parts) };
}

export const runModels = (task: Task, parts: ModelParts): RunModels => ({
  randomModel: (other) => task.model(other),
  async model(at) {
    const model = task.model(parts.seed);
    try {
      if (at === "end") writeWeights(model, scoredWeights(readCheckpoint(await parts.checkpoint())));
      else await startAgain(parts, model);
      return model;
    } catch (error) {
      model.dispose();
      throw error;
    }
  },
});

/** What the run did before its first step; the report of it is stored already. */
async function startAgain(parts: ModelParts, model: tf.LayersModel): Promise<void> {
  const [startingWeights, importedWeights] = [await parts.startingWeights(), await parts.importedWeights()];
  const options = { ...parts, startingWeights, importedWeights, storeBlob: () => Promise.resolve("") };
  await start(options, { transfer: (weights, part) => copyWeights(weights, model, part) });
}
