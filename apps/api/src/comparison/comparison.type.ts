import type { Fold } from "@tessera/domain/words";
import { Field, Int, ObjectType } from "type-graphql";
import { FoldEnum } from "../graphql/enums.ts";
import { ArmScore } from "./armScore.type.ts";
import { Difference } from "./difference.type.ts";
import { Interval } from "./interval.type.ts";
import type { ItemComparison } from "./itemComparison.type.ts";
import { PairedSeed } from "./pairedSeed.type.ts";
import { StratumComparison } from "./stratumComparison.type.ts";

@ObjectType({ description: "Two arms, scored on the same items" })
export class Comparison {
  @Field(() => FoldEnum)
  readonly fold!: Fold;

  @Field(() => String, { description: "How Dice was computed from the counts" })
  readonly convention!: string;

  @Field(() => ArmScore)
  readonly armA!: ArmScore;

  @Field(() => ArmScore)
  readonly armB!: ArmScore;

  @Field(() => Difference)
  readonly difference!: Difference;

  @Field(() => [PairedSeed])
  readonly perSeed!: PairedSeed[];

  @Field(() => [Int], {
    description: "Left out of the difference: seeds that one arm alone has a score for, as where a run failed",
  })
  readonly unpairedSeeds!: number[];

  @Field(() => Int, {
    description: "Items left out of the difference: Dice is not defined for them in every paired run",
  })
  readonly itemsLeftOut!: number;

  /** Largest loss first; who asks may be blind to some (the resolver leaves them out). */
  readonly items!: readonly ItemComparison[];

  @Field(() => [StratumComparison])
  readonly strata!: StratumComparison[];

  @Field(() => Interval, {
    nullable: true,
    description: "Bootstrap over items alone: these runs only, never a verdict",
  })
  readonly theseRunsOnly!: Interval | null;

  readonly labelVersionId!: string;
}
