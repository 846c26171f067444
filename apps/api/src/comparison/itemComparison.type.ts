import { Field, Float, ObjectType } from "type-graphql";
import { SeedPrediction } from "./seedPrediction.type.ts";

@ObjectType({ description: "One item under both arms; a and b are means over seeds, null where Dice is undefined" })
export class ItemComparison {
  @Field(() => Float, { nullable: true })
  readonly a!: number | null;

  @Field(() => Float, { nullable: true })
  readonly b!: number | null;

  @Field(() => Float, { nullable: true })
  readonly difference!: number | null;

  @Field(() => Float, { nullable: true, description: "Of the image, what the label marks" })
  readonly regionShare!: number | null;

  @Field(() => [SeedPrediction])
  readonly predictionsA!: SeedPrediction[];

  @Field(() => [SeedPrediction])
  readonly predictionsB!: SeedPrediction[];

  readonly itemId!: string;
}
