import { usualTileRule } from "@tessera/domain/slides/tileRule";
import { GraphQLUUID } from "graphql-scalars";
import { Field, Float, InputType, Int } from "type-graphql";

@InputType()
export class CutTilesInput {
  @Field(() => GraphQLUUID)
  readonly datasetId!: string;

  @Field(() => Int, { defaultValue: usualTileRule.size, description: "Pixels of a tile's side, 32 to 1024" })
  readonly size!: number;

  @Field(() => Float, { defaultValue: usualTileRule.micronsPerPixel, description: "Of a tile's pixels, 0.05 to 20" })
  readonly micronsPerPixel!: number;

  @Field(() => Int, { defaultValue: usualTileRule.overlap, description: "Pixels that neighbours share" })
  readonly overlap!: number;

  @Field(() => Float, { defaultValue: usualTileRule.leastTissue, description: "Share of a tile, 0 to 1" })
  readonly leastTissue!: number;

  @Field(() => Float, {
    defaultValue: usualTileRule.leastSharpness,
    description: "Variance of a tile's Laplacian; 0 keeps blurred tiles, and reads none",
  })
  readonly leastSharpness!: number;

  @Field(() => Float, { nullable: true, description: "Of slides that carry no scale of their own" })
  readonly assumedMicronsPerPixel!: number | null;
}
