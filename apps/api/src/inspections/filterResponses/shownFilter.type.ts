import { Field, Float, Int, ObjectType } from "type-graphql";
import { FilterResponse } from "./filterResponse.type.ts";

@ObjectType({ description: "One of the filters of a depth that changed most" })
export class ShownFilter {
  @Field(() => Int, { description: "Its place in the layer, from 0" })
  readonly filter!: number;

  @Field(() => Float, {
    description:
      "Root mean square of the change over all positions of both images, in units of the depth's own answers before",
  })
  readonly change!: number;

  @Field(() => Float, {
    nullable: true,
    description: "L2 of its kernel's change, relative to the start; null: all 0 at the start",
  })
  readonly distance!: number | null;

  @Field(() => [FilterResponse], { description: "One per image" })
  readonly before!: readonly FilterResponse[];

  @Field(() => [FilterResponse], { description: "One per image" })
  readonly after!: readonly FilterResponse[];

  @Field(() => Float, { description: "What black means in its four pictures" })
  readonly black!: number;

  @Field(() => Float)
  readonly white!: number;
}
