import { Field, Float, Int, ObjectType } from "type-graphql";

@ObjectType({ description: "Means over items, averaged over seeds" })
export class ContiguityArm {
  @Field(() => String)
  readonly arm!: string;

  @Field(() => Float, { nullable: true })
  readonly pieces!: number | null;

  @Field(() => Float, { nullable: true })
  readonly truthPieces!: number | null;

  @Field(() => Float, { nullable: true })
  readonly holes!: number | null;

  @Field(() => Float, { nullable: true, description: "Pieces with less than 5 % of the class's predicted pixels" })
  readonly specks!: number | null;

  @Field(() => Float, { nullable: true, description: "Predicted pieces without a pixel of truth" })
  readonly falsePieces!: number | null;

  @Field(() => Float, { nullable: true, description: "Of the predicted pixels, those of the largest piece" })
  readonly largestShare!: number | null;

  @Field(() => Float, { nullable: true })
  readonly dice!: number | null;

  @Field(() => Int)
  readonly seeds!: number;

  @Field(() => Int, { description: "Measured in every run of the arm" })
  readonly items!: number;
}
