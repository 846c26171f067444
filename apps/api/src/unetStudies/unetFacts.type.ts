import { Field, Float, ObjectType } from "type-graphql";

@ObjectType({ description: "What a U-Net costs and how far it sees; of several arms, the mean" })
export class UNetFacts {
  @Field(() => Float, { description: "Trained weights" })
  readonly parameters!: number;

  @Field(() => Float, { description: "Side of the square of the input that one output pixel can see, in pixels" })
  readonly receptiveField!: number;

  @Field(() => Float, { description: "Of all convolutions, for one image, forward" })
  readonly multiplyAdds!: number;
}
