import type { Fold } from "@tessera/domain/words";
import { GraphQLUUID } from "graphql-scalars";
import { Field, InputType, Int } from "type-graphql";
import { FoldEnum } from "../graphql/enums.ts";
import { PredictionFileInput } from "./predictionFile.input.ts";

@InputType()
export class ScorePredictionsInput {
  @Field(() => GraphQLUUID)
  readonly runId!: string;

  @Field(() => GraphQLUUID)
  readonly labelVersionId!: string;

  @Field(() => GraphQLUUID)
  readonly splitId!: string;

  @Field(() => FoldEnum, { description: "VALIDATION or TEST" })
  readonly fold!: Fold;

  @Field(() => Int, { description: "Side of the square to count at, pixels: as the runs it is to be compared with" })
  readonly size!: number;

  @Field(() => [PredictionFileInput], { description: "One for every item of the fold" })
  readonly predictions!: PredictionFileInput[];
}
