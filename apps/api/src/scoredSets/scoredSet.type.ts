import type { Fold } from "@tessera/domain/words";
import { Field, Int, ObjectType } from "type-graphql";
import { FoldEnum } from "../graphql/enums.ts";
import { ScoredSetArm } from "./scoredSetArm.type.ts";
import type { SetArm } from "./setArm.ts";

@ObjectType({ description: "Runs scored on the same items: one fold of one split, one label version, one size" })
export class ScoredSet {
  @Field(() => FoldEnum)
  readonly fold!: Fold;

  @Field(() => Int, { description: "Side of the square the counts were taken at, pixels" })
  readonly size!: number;

  @Field(() => [ScoredSetArm])
  readonly arms!: readonly ScoredSetArm[];

  readonly labelVersionId!: string;

  /** What the boards are made of. */
  readonly sources!: readonly SetArm[];

  /** Of an experiment: for Dice, declared before its runs. */
  readonly equivalenceMargin!: number | null;
}
