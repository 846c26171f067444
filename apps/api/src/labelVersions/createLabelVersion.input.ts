import { GraphQLJSONObject, GraphQLUUID } from "graphql-scalars";
import { Field, InputType } from "type-graphql";

@InputType()
export class CreateLabelVersionInput {
  @Field(() => GraphQLUUID)
  readonly datasetId!: string;

  @Field(() => GraphQLUUID, {
    nullable: true,
    description: "Whose opinions to read; null: the schema of fromVersionId, or of the newest version",
  })
  readonly schemaId?: string | null;

  @Field(() => GraphQLUUID, {
    nullable: true,
    description: "The version that the rule begins with: of adjudicated and noise rules, and only of them",
  })
  readonly fromVersionId?: string | null;

  @Field(() => GraphQLJSONObject, {
    description:
      'The rule, by kind: {"kind": "singleReader", "reader"}; {"kind": "majority", "readers"?, "ties"?: "unknown" | "firstReader", of masks "background" | "foreground"}; {"kind": "dawidSkene", "readers"?, "iterations"?, "tolerance"?, "pseudoCount"?} of classes; {"kind": "staple", "readers"?, "threshold"?} of masks; {"kind": "adjudicated", "adjudicator"}; {"kind": "noise", "seed", "model"}, a model of classes: {"kind": "symmetric" | "instanceDependent", "rate"}, {"kind": "asymmetric", "matrices"}; of masks, with a "rate" of items: {"kind": "boundaryShift" | "dilation" | "erosion", "pixels"}, {"kind": "droppedRegions", "chance"}, {"kind": "spuriousBlobs", "count", "radius": [low, high]}, {"kind": "polygon", "tolerance"}; of both {"kind": "secondReader", "reader", "rate"}. Without "readers": all',
  })
  readonly rule!: Record<string, unknown>;

  @Field(() => String, { defaultValue: "" })
  readonly note!: string;
}
