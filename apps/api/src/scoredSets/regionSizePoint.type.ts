import { GraphQLUUID } from "graphql-scalars";
import { Field, Float, Int, ObjectType } from "type-graphql";
import { RegionSizeScore } from "./regionSizeScore.type.ts";

@ObjectType({ description: "An item's Dice beside what known errors cost its own truth" })
export class RegionSizePoint {
  @Field(() => GraphQLUUID)
  readonly itemId!: string;

  @Field(() => String)
  readonly itemName!: string;

  @Field(() => Float, { description: "Of the image, what the label marks" })
  readonly regionShare!: number;

  @Field(() => Int, { description: "Of the square that the set was scored at" })
  readonly pixels!: number;

  @Field(() => Float, {
    nullable: true,
    description: "Dice of the truth against itself with its outline one pixel further in; null before it is measured",
  })
  readonly oneErosion!: number | null;

  @Field(() => Float, { nullable: true, description: "One pixel further out" })
  readonly oneDilation!: number | null;

  @Field(() => Float, { nullable: true, description: "Moved by one pixel" })
  readonly oneShift!: number | null;

  @Field(() => Float, { nullable: true })
  readonly twoShift!: number | null;

  @Field(() => Float, { nullable: true })
  readonly threeShift!: number | null;

  @Field(() => Float, { nullable: true, description: "Mean over pairs of readers; null where there is one" })
  readonly readerDice!: number | null;

  @Field(() => [RegionSizeScore])
  readonly scores!: readonly RegionSizeScore[];
}
