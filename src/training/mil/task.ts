/** @file Multiple-instance learning: a probability per class and bag, chosen by AUC. */
import type * as tf from "@tensorflow/tfjs";
import type { MilConfiguration } from "@tessera/domain/configuration/milRun";
import type { DropoutSource } from "@tessera/models/layers/dropout";
import { tileLabelsLoss } from "@tessera/models/losses/tileLabels";
import { milModel } from "@tessera/models/mil/milModel";
import { bucketLengths, bucketOf } from "../bags.ts";
import { ClassEvaluation } from "../classification/evaluation.ts";
import type { ClassLabels } from "../classification/labels.ts";
import { AucValidation } from "../classification/validation.ts";
import type { ItemPixels, TrainingItem, TrainingItems } from "../items.ts";
import type { ModelOutput, Place, Task } from "../task.ts";
import type { BagFacts } from "./bagFacts.ts";
import { type FeatureScale, RunningScale, scaleInto } from "./featureScale.ts";

export class MultipleInstance implements Task {
  readonly configuration: MilConfiguration;
  readonly truthShape: readonly number[];
  readonly weighted: boolean;
  readonly recordings: number;
  readonly sourceBytes: number;
  readonly scoredSize: number;
  private readonly labels: ClassLabels;
  private readonly facts: BagFacts;
  /** To which bags are padded, so that few shapes are recorded. */
  private readonly lengths: readonly number[];
  private scale: FeatureScale | null = null;

  constructor(configuration: MilConfiguration, labels: ClassLabels, facts: BagFacts) {
    this.configuration = configuration;
    this.labels = labels;
    this.facts = facts;
    this.truthShape = [labels.classes];
    this.weighted = labels.weighted;
    this.lengths = bucketLengths({ largest: facts.largest });
    this.recordings = 2 * this.lengths.length; // a fold's last batch may have fewer bags
    this.sourceBytes = 4 * facts.largest * facts.features;
    this.scoredSize = facts.features;
  }

  checkItems(items: TrainingItems): void {
    this.labels.checkItems(items);
  }

  async prepare({ train }: TrainingItems): Promise<void> {
    if (this.configuration.scaling === "none") return;
    const scale = new RunningScale(this.facts.features);
    for (const item of train) scale.add(bagOf(item, await item.read()));
    this.scale = scale.result();
  }

  inputShapes(pixels: readonly ItemPixels[]): number[][] {
    const length = Math.max(...pixels.map(({ bag }) => bucketOf(bag?.tiles ?? 0, this.lengths)));
    return [[length, this.facts.features], [length]];
  }

  largestShapes(): number[][] {
    const { largest, features } = this.facts;
    return [[largest, features], [largest]];
  }

  model(seed: number, random?: DropoutSource): tf.LayersModel {
    const { features } = this.facts;
    const { classes, exclusive } = this.labels;
    const { model } = this.configuration;
    const dropout = random === undefined ? 0 : model.dropout;
    return milModel({ ...model, dropout, features, classes, exclusive }, seed, random);
  }

  forward(model: tf.LayersModel, inputs: readonly tf.Tensor[], training: boolean): ModelOutput {
    const [logits, told, ...streams] = model.apply([...inputs], { training }) as tf.Tensor[];
    if (this.configuration.model.family === "tileLabelMil") return { logits: logits!, streams: [told!, inputs[1]!] };
    return { logits: logits!, ...(streams.length > 0 && { streams }) };
  }

  /** Of several streams, the mean of their losses, as DSMIL is trained; of tiles with their bag's label, theirs. */
  loss(logits: tf.Tensor, truth: tf.Tensor, weights?: tf.Tensor, streams?: readonly tf.Tensor[]): tf.Scalar {
    const { labelSmoothing } = this.configuration.loss;
    const of = (each: tf.Tensor) => this.labels.loss(each, truth, weights, labelSmoothing);
    if (streams === undefined) return of(logits);
    if (this.configuration.model.family === "tileLabelMil") {
      const [tiles, mask] = streams;
      return tileLabelsLoss(tiles!, mask!, truth, weights, { exclusive: this.labels.exclusive, labelSmoothing });
    }
    const [first, ...rest] = streams.map(of);
    return rest.reduce((sum, each) => sum.add(each), first!).div(streams.length) as tf.Scalar;
  }

  probabilities(logits: tf.Tensor): tf.Tensor {
    return this.labels.probabilities(logits);
  }

  place(item: TrainingItem, pixels: ItemPixels, { inputs, ...label }: Place): void {
    const bag = bagOf(item, pixels);
    const [tiles, mask] = inputs;
    if (this.scale === null) tiles!.set(bag.values);
    else scaleInto(bag, this.scale, tiles!);
    mask!.fill(1, 0, bag.tiles);
    this.labels.place(item, label);
  }

  validation(): AucValidation {
    return new AucValidation(this.labels.classes, this.labels.exclusive);
  }

  evaluation(): ClassEvaluation {
    return new ClassEvaluation(this.labels.classes);
  }
}

function bagOf({ itemId }: TrainingItem, { bag }: ItemPixels) {
  if (bag === undefined) throw new TypeError(`Item ${itemId} is no bag`);
  return bag;
}
