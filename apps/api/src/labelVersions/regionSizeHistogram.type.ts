import { Field, Float, Int, ObjectType } from "type-graphql";

@ObjectType({ description: "Items by the share of the image that the labelled region covers, in bins of equal ratio" })
export class RegionSizeHistogram {
  @Field(() => [Float], { description: "One more than counts; shares of the image" })
  readonly edges!: number[];

  @Field(() => [Int])
  readonly counts!: number[];

  @Field(() => Int)
  readonly items!: number;

  @Field(() => Int, { description: "Items without any labelled pixel; in no bin" })
  readonly empty!: number;
}
