import type { FilterDepth as FilterDepthRow } from "@tessera/domain/inspections/filterResponses";
import { Field, FieldResolver, Float, Int, ObjectType, Resolver, Root } from "type-graphql";
import { fileUrl } from "../../graphql/fileUrl.ts";
import { FilterSpread } from "./filterSpread.type.ts";
import { ShownFilter } from "./shownFilter.type.ts";

@ObjectType({ description: "A block of the network: its last layer with a ReLU" })
export class FilterDepth {
  @Field(() => String)
  readonly block!: string;

  @Field(() => String)
  readonly layer!: string;

  @Field(() => Int)
  readonly filters!: number;

  @Field(() => Int, { description: "Side of the layer's output, pixels" })
  readonly side!: number;

  @Field(() => Int, { description: "Side of one picture, pixels: larger answers are averaged down" })
  readonly shownSide!: number;

  @Field(() => [ShownFilter], { description: "The most changed first, at most 16" })
  readonly shown!: readonly ShownFilter[];

  @Field(() => Float, { description: "Mean over all filters of the depth" })
  readonly change!: number;

  @Field(() => FilterSpread, { nullable: true, description: "Of the distances that its filters travelled" })
  readonly distances!: FilterSpread | null;
}

@Resolver(() => FilterDepth)
export class FilterDepthResolver {
  @FieldResolver(() => String, {
    description:
      "A PNG of all pictures: a column per shown filter; rows are before and after of the first image, then of the second",
  })
  pictureUrl(@Root() { sha256 }: FilterDepthRow) {
    return fileUrl(sha256);
  }
}
