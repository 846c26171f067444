import type { ItemMean } from "@tessera/domain/inspections/guard";
import { Field, Float, Int, ObjectType } from "type-graphql";

@ObjectType({ description: "A mean over items with Student's 95 % interval of it; null limits for one item" })
export class MeanOverItems {
  @Field(() => Float)
  readonly mean!: number;

  @Field(() => Float, { nullable: true })
  readonly low!: number | null;

  @Field(() => Float, { nullable: true })
  readonly high!: number | null;
}

@ObjectType({
  description:
    "Maps against masks: the area under the ROC curve over the pixels of an item. Chance is 0.5. Other items are drawn in its intervals, not another training",
})
export class HeatmapLocalisation {
  @Field(() => MeanOverItems)
  readonly auc!: ItemMean;

  @Field(() => Int, { description: "Items whose mask is neither empty nor everything" })
  readonly items!: number;

  @Field(() => MeanOverItems, { description: "Sobel's, in place of the map" })
  readonly edgeDetector!: ItemMean;

  @Field(() => MeanOverItems, { description: "Nearness to the middle of the image, in place of the map" })
  readonly centrePrior!: ItemMean;

  @Field(() => MeanOverItems, { description: "The map's AUC minus the edge detector's, item by item" })
  readonly overEdgeDetector!: ItemMean;

  @Field(() => MeanOverItems)
  readonly overCentrePrior!: ItemMean;
}
