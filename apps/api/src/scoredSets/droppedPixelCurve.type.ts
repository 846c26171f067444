import { Field, Float, Int, ObjectType } from "type-graphql";

@ObjectType({
  description: "What pixels dropped at random inside or outside the truth cost, against their share; means over items",
})
export class DroppedPixelCurve {
  @Field(() => String, { description: "inside, near or far" })
  readonly placement!: string;

  @Field(() => String, { description: "all, or a size stratum's label" })
  readonly stratum!: string;

  @Field(() => String)
  readonly convention!: string;

  @Field(() => [Float], { description: "Wrong pixels as a share of the truth's" })
  readonly share!: readonly number[];

  @Field(() => [Float], { nullable: "items" })
  readonly dice!: readonly (number | null)[];

  @Field(() => [Float], { nullable: "items", description: "Pixels" })
  readonly hd95!: readonly (number | null)[];

  @Field(() => [Float], { nullable: "items", description: "Pixels" })
  readonly assd!: readonly (number | null)[];

  @Field(() => [Float], { nullable: "items", description: "At a tolerance of one pixel" })
  readonly nsd!: readonly (number | null)[];

  @Field(() => [Int], { description: "With room for that many" })
  readonly items!: readonly number[];
}
