/** @file The validation fold of an epoch: its Dice, and some of its items as pictures. */
import type { SampleEvent } from "@tessera/domain/events";
import type { ScoredBatch, Validation, ValidationScores } from "../task.ts";
import type { TrainOptions } from "../trainOptions.ts";
import { diceOf, itemDice, meanOf, type Scale, type ScoredItem, scoredItems } from "./score.ts";

export class DiceValidation implements Validation {
  private readonly scale: Scale;
  private readonly sampled: ReadonlySet<string> | null;
  private readonly pictures: Pick<TrainOptions, "encodeMask" | "storeBlob">;
  private readonly dices: number[] = [];
  private readonly shown: ScoredItem[] = [];

  constructor(scale: Scale, sampled: ReadonlySet<string> | null, pictures: DiceValidation["pictures"]) {
    this.scale = scale;
    this.sampled = sampled;
    this.pictures = pictures;
  }

  async add(batch: ScoredBatch): Promise<void> {
    const scored = await scoredItems(batch, this.scale);
    const ofClasses = scored.flatMap((item) => item.classes);
    this.dices.push(...ofClasses.map(({ counts }) => diceOf(counts)).filter((dice) => dice !== null));
    this.shown.push(...scored.filter(({ itemId }) => this.sampled?.has(itemId)));
  }

  /** The mean over the items and classes with a defined Dice; null where there is none. */
  result(): ValidationScores {
    const dice = meanOf(this.dices);
    return {
      score: dice,
      series: dice === null ? {} : { "validation/dice": dice },
      samples: (at) => Promise.all(this.shown.map((item) => this.sample(item, at))),
    };
  }

  private async sample(item: ScoredItem, at: { epoch: number; step: number }): Promise<SampleEvent> {
    const { encodeMask, storeBlob } = this.pictures;
    const sha256 = await storeBlob(await encodeMask(item.prediction, this.scale.size), "image/png");
    return { type: "sample", ...at, itemId: item.itemId, sha256, dice: itemDice(item) };
  }
}
