import { Field, ObjectType } from "type-graphql";
import { UNetStudyGridArm } from "./unetStudyGridArm.type.ts";

@ObjectType({ description: "The arms that a study would have" })
export class UNetStudyGrid {
  @Field(() => [UNetStudyGridArm])
  readonly arms!: readonly UNetStudyGridArm[];

  @Field(() => [String], { description: "What is left out because a depth does not have it, a sentence each" })
  readonly notes!: readonly string[];
}
