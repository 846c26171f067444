import { Field, Float, ObjectType } from "type-graphql";

@ObjectType({ description: "The intensities of a volume that are shown as black and as white" })
export class IntensityWindow {
  @Field(() => Float)
  readonly low!: number;

  @Field(() => Float)
  readonly high!: number;
}
