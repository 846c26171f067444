import { Field, Float, InputType } from "type-graphql";

@InputType()
export class SeriesPointsInput {
  @Field(() => String)
  readonly series!: string;

  @Field(() => [Float], { description: "Whole numbers, increasing" })
  readonly steps!: number[];

  @Field(() => [Float], { nullable: "items", description: "Null for not a number" })
  readonly values!: (number | null)[];
}
