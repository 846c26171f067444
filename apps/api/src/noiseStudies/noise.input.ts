import { GraphQLJSONObject } from "graphql-scalars";
import { Field, Float, InputType } from "type-graphql";

@InputType()
export class NoiseInput {
  @Field(() => String, { nullable: true, description: "Unique in the study; without: the kind in words" })
  readonly name?: string | null;

  @Field(() => GraphQLJSONObject, {
    description:
      'A noise model as of a label version by rule, without the field that the level is: of classes {"kind": "symmetric" | "instanceDependent"}, {"kind": "asymmetric", "matrices"} (the level mixes them with no change); of masks, with a "rate" of items or without for all: {"kind": "boundaryShift" | "dilation" | "erosion" | "polygon" | "droppedRegions"}, {"kind": "spuriousBlobs", "radius": [low, high]}; of both {"kind": "secondReader", "reader"}',
  })
  readonly model!: Record<string, unknown>;

  @Field(() => [Float], { description: "Shares up to 1, pixels, or blobs per item; 0 is always there" })
  readonly trainingLevels!: number[];

  @Field(() => [Float], { description: "Likewise; 0, the labels without noise, is always there" })
  readonly evaluationLevels!: number[];
}
