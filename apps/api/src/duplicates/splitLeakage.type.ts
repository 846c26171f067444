import type { Fold } from "@tessera/domain/words";
import { Field, Int, ObjectType } from "type-graphql";
import { FoldEnum } from "../graphql/enums.ts";
import { DuplicatePair } from "./duplicatePair.type.ts";

@ObjectType()
export class SubjectInFolds {
  @Field(() => String)
  readonly subject!: string;

  @Field(() => [FoldEnum])
  readonly folds!: readonly Fold[];
}

@ObjectType({ description: "What one fold of a split tells another: subjects and pictures that are in both" })
export class SplitLeakage {
  @Field(() => [SubjectInFolds], { description: "Empty: a split with any is refused" })
  readonly subjects!: readonly SubjectInFolds[];

  @Field(() => [DuplicatePair], { description: "Across folds; the surest 100" })
  readonly pairs!: readonly DuplicatePair[];

  @Field(() => Int, { description: "All pairs across folds" })
  readonly pairCount!: number;

  @Field(() => Int, { description: "Those of them that reach from train or validation into test" })
  readonly intoTest!: number;

  @Field(() => [DuplicatePair], {
    description: "In any folds, whose labels contradict in the label version asked; the surest 100",
  })
  readonly conflicting!: readonly DuplicatePair[];

  @Field(() => Int, { description: "Items of the dataset without a hash, of which nothing is known" })
  readonly unhashed!: number;
}
