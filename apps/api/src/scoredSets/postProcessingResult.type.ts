import { Field, ObjectType } from "type-graphql";
import { Difference } from "../comparison/difference.type.ts";
import { PostProcessingCandidate } from "./postProcessingCandidate.type.ts";
import { PostProcessingChoice } from "./postProcessingChoice.type.ts";
import { PostProcessingScore } from "./postProcessingScore.type.ts";

@ObjectType({ description: "Post-processing chosen on the validation fold, shown on this fold" })
export class PostProcessingResult {
  @Field(() => String)
  readonly arm!: string;

  @Field(() => PostProcessingChoice, {
    nullable: true,
    description: "Null until the validation predictions of every run are measured",
  })
  readonly choice!: PostProcessingChoice | null;

  @Field(() => PostProcessingScore)
  readonly before!: PostProcessingScore;

  @Field(() => PostProcessingScore, { nullable: true })
  readonly after!: PostProcessingScore | null;

  @Field(() => Difference, { nullable: true, description: "Dice after minus before" })
  readonly difference!: Difference | null;

  @Field(() => [PostProcessingCandidate])
  readonly candidates!: readonly PostProcessingCandidate[];
}
