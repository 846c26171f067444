import { Field, Float, Int, ObjectType } from "type-graphql";
import { RegionSizeStratumArm } from "./regionSizeStratumArm.type.ts";

@ObjectType({ description: "Items of like region size" })
export class RegionSizeStratum {
  @Field(() => String)
  readonly label!: string;

  @Field(() => Float)
  readonly lowShare!: number;

  @Field(() => Float)
  readonly highShare!: number;

  @Field(() => Int)
  readonly items!: number;

  @Field(() => Float, { nullable: true, description: "Mean Dice of a truth moved by one pixel" })
  readonly onePixelDice!: number | null;

  @Field(() => Float, { nullable: true, description: "Mean Dice between readers" })
  readonly readerDice!: number | null;

  @Field(() => Int, { description: "Items with more than one reader" })
  readonly readers!: number;

  @Field(() => [RegionSizeStratumArm])
  readonly arms!: readonly RegionSizeStratumArm[];
}
