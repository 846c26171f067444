import { Field, ObjectType } from "type-graphql";
import { UNetStudyLevel } from "./unetStudyLevel.type.ts";

@ObjectType()
export class UNetStudyFactor {
  @Field(() => String, { description: "depth, skips or loss" })
  readonly name!: string;

  @Field(() => String, { description: "The level that the others are set against" })
  readonly reference!: string;

  @Field(() => [UNetStudyLevel], { description: "The reference first" })
  readonly levels!: readonly UNetStudyLevel[];
}
