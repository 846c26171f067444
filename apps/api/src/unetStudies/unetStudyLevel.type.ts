import { Field, Float, Int, ObjectType } from "type-graphql";
import { Difference } from "../comparison/difference.type.ts";
import { UNetFacts } from "./unetFacts.type.ts";

@ObjectType({
  description: "One level of a factor against the factor's reference; differences are null for the reference",
})
export class UNetStudyLevel {
  @Field(() => String)
  readonly level!: string;

  @Field(() => Int, {
    description:
      "Arms of this level that have a partner with the reference level and else the same; of the reference: all",
  })
  readonly arms!: number;

  @Field(() => Float, { description: "Trained weights, mean over these arms" })
  readonly parameters!: number;

  @Field(() => Float, { description: "Side in pixels of what one output pixel can see, mean over these arms" })
  readonly receptiveField!: number;

  @Field(() => Float, { description: "For one image, forward, mean over these arms" })
  readonly multiplyAdds!: number;

  @Field(() => UNetFacts, {
    nullable: true,
    description: "The same of their partners: what else the difference may come from",
  })
  readonly partners!: UNetFacts | null;

  @Field(() => Difference, { nullable: true })
  readonly dice!: Difference | null;

  @Field(() => Difference, { nullable: true, description: "Of the outline, in pixels" })
  readonly equivalentError!: Difference | null;

  @Field(() => Difference, { nullable: true, description: "Of the predicted pixels, those of the largest piece" })
  readonly largestShare!: Difference | null;

  @Field(() => Difference, { nullable: true, description: "|predicted - true pieces|" })
  readonly pieceExcess!: Difference | null;
}
