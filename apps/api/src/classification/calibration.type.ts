import { Field, Float, Int, ObjectType } from "type-graphql";
import { ReliabilityBin } from "./reliabilityBin.type.ts";

@ObjectType({ description: "Probabilities against how often they come true" })
export class Calibration {
  @Field(() => [ReliabilityBin], { description: "15 of equal width" })
  readonly bins!: readonly ReliabilityBin[];

  @Field(() => Float, { nullable: true, description: "Expected calibration error; null for no item" })
  readonly error!: number | null;

  @Field(() => Int)
  readonly n!: number;
}
