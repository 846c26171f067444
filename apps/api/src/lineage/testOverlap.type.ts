import type { Run as RunRow } from "@tessera/store/runs";
import { Field, Int, ObjectType } from "type-graphql";
import { DuplicatePair } from "../duplicates/duplicatePair.type.ts";
import { Run } from "../runs/run.type.ts";

@ObjectType({ description: "A run that gave starting weights, and the test pictures that it was trained or chosen on" })
export class OverlappingHop {
  @Field(() => Run)
  readonly run!: RunRow;

  @Field(() => Int)
  readonly count!: number;

  @Field(() => [DuplicatePair], { description: "First: what it has seen. Second: of the test fold. The surest 50" })
  readonly pairs!: readonly DuplicatePair[];
}

@ObjectType({
  description: "Why an experiment's test scores may be too good: pictures of its test fold that were learnt from",
})
export class TestOverlap {
  @Field(() => Int, {
    description: "Duplicate pairs that reach from train or validation into test in the experiment's own split",
  })
  readonly withinSplit!: number;

  @Field(() => [OverlappingHop], {
    description: "Empty unless the experiment was made with acceptOverlap, or hashes came later",
  })
  readonly hops!: readonly OverlappingHop[];

  @Field(() => Int, { description: "Items of the dataset without a hash, of which nothing is known" })
  readonly unhashed!: number;
}
