/** @file Multiple-instance learning: a probability per class and bag, chosen by AUC. */
import type * as tf from "@tensorflow/tfjs";
import type { MilModel } from "@tessera/domain/configuration/mil";
import type { MilConfiguration } from "@tessera/domain/configuration/milRun";
import type { RandomKey } from "@tessera/models/augmentation/random";
import type { DropoutSource } from "@tessera/models/layers/dropout";
import { tileLabelsLoss } from "@tessera/models/losses/tileLabels";
import { milModel } from "@tessera/models/mil/milModel";
import { bagParts, canBePooledInParts } from "@tessera/models/mil/partOfBag";
import { type TileReader, tileReader } from "@tessera/models/mil/tileReader";
import { bucketLengths, bucketOf } from "../bags.ts";
import { ClassEvaluation } from "../classification/evaluation.ts";
import type { ClassLabels } from "../classification/labels.ts";
import { ClassMemorisation } from "../classification/memorisation.ts";
import { AucValidation } from "../classification/validation.ts";
import type { ItemPixels, TrainingItem, TrainingItems } from "../items.ts";
import type { ModelOutput, Place, ScoredInParts, Task } from "../task.ts";
import type { BagFacts } from "./bagFacts.ts";
import { cutBags } from "./cutBags.ts";
import { type FeatureScale, RunningScale, scaleInto } from "./featureScale.ts";
import { sampledTiles } from "./sampledTiles.ts";

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
  /** Of a bag, in training; more are scored. */
  private readonly drawnTiles: number;
  private readonly architecture: MilModel & { readonly exclusive: boolean };
  private scale: FeatureScale | null = null;

  constructor(configuration: MilConfiguration, labels: ClassLabels, facts: BagFacts) {
    this.configuration = configuration;
    this.labels = labels;
    this.facts = facts;
    this.truthShape = [labels.classes];
    this.weighted = labels.weighted;
    this.drawnTiles = Math.min(facts.largest, configuration.bag.tiles ?? facts.largest);
    this.architecture = {
      ...configuration.model,
      features: facts.features,
      classes: labels.classes,
      exclusive: labels.exclusive,
    };
    this.lengths = this.lengthsOf();
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

  largestShapes(step?: "train" | "score"): number[][] {
    const { features } = this.facts;
    const length = step === "train" ? this.drawnTiles : this.lengths.at(-1)!;
    return [[length, features], [length]];
  }

  /** As trained on; those of larger bags are scored beside, whole, or in parts of as many. */
  private lengthsOf(): number[] {
    const [most, { largest }] = [this.drawnTiles, this.facts];
    const lengths = bucketLengths({ largest: most });
    if (largest === most) return lengths;
    if (canBePooledInParts(this.architecture)) {
      return [...lengths, ...Array.from({ length: Math.ceil(largest / most) - 1 }, (_, i) => (i + 2) * most)];
    }
    return [...lengths, ...bucketLengths({ largest }).filter((length) => length > most)];
  }

  drawn(pixels: ItemPixels, key: RandomKey): ItemPixels {
    const { bag } = pixels;
    return bag === undefined ? pixels : { ...pixels, bag: sampledTiles(bag, this.drawnTiles, key) };
  }

  model(seed: number, random?: DropoutSource): tf.LayersModel {
    const dropout = random === undefined ? 0 : this.architecture.dropout;
    return milModel({ ...this.architecture, dropout }, seed, random);
  }

  withDrawn(tiles: number): MultipleInstance {
    return new MultipleInstance({ ...this.configuration, bag: { tiles } }, this.labels, this.facts);
  }

  /** Where bags are drawn from, and pooled in a way that parts of them can be. */
  inParts(model: tf.LayersModel): ScoredInParts | null {
    const parts = this.drawnTiles === this.facts.largest ? null : bagParts(model, this.architecture);
    return (
      parts && {
        ...parts,
        part: ([tiles, mask]) => parts.part(tiles as tf.Tensor3D, mask as tf.Tensor2D),
        cut: (inputs, items) => cutBags(inputs, items, this.drawnTiles),
      }
    );
  }

  /** What the model's tiles weigh and say. */
  reader(model: tf.LayersModel): TileReader {
    return tileReader(model, this.architecture);
  }

  forward(model: tf.LayersModel, inputs: readonly tf.Tensor[], training: boolean): ModelOutput {
    const [logits, told, ...streams] = model.apply([...inputs], { training }) as tf.Tensor[];
    if (this.configuration.model.family === "tileLabelMil") return { logits: logits!, streams: [told!, inputs[1]!] };
    return { logits: logits!, ...(streams.length > 0 && { streams }) };
  }

  /** Of several streams, the mean of their losses, as DSMIL is trained; of tiles with their bag's label, theirs. */
  loss(logits: tf.Tensor, truth: tf.Tensor, weights?: tf.Tensor, streams?: readonly tf.Tensor[]): tf.Scalar {
    const { loss } = this.configuration;
    const of = (each: tf.Tensor) => this.labels.loss(each, truth, weights, loss);
    if (streams === undefined) return of(logits);
    if (this.configuration.model.family === "tileLabelMil") {
      const [tiles, mask] = streams;
      const labelSmoothing = "labelSmoothing" in loss ? loss.labelSmoothing : 0;
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

  memorisation(): ClassMemorisation {
    return new ClassMemorisation(this.labels.exclusive);
  }

  evaluation(): ClassEvaluation {
    return new ClassEvaluation(this.labels.classes);
  }
}

function bagOf({ itemId }: TrainingItem, { bag }: ItemPixels) {
  if (bag === undefined) throw new TypeError(`Item ${itemId} is no bag`);
  return bag;
}
