import { createFurtherScoring, createPredictionScoring } from "@tessera/store/predictionScorings";
import type { Run as RunRow } from "@tessera/store/runs";
import { GraphQLUUID } from "graphql-scalars";
import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from "type-graphql";
import type { Context } from "../context.ts";
import { Needs } from "../graphql/needs.ts";
import { Run } from "../runs/run.type.ts";
import { PredictionScoring } from "./predictionScoring.type.ts";
import { ScorePredictionsInput } from "./scorePredictions.input.ts";

@Resolver(() => Run)
export class PredictionScoringResolver {
  @Needs("researcher")
  @Mutation(() => PredictionScoring, {
    description:
      "Predicted masks of a foreign run, PUT to /files before: PNG, luminance > 127 is foreground (of several classes: the value is 0 or class index + 1), scored at size × size like the platform's own",
  })
  scorePredictions(
    @Arg("input", () => ScorePredictionsInput) { predictions, ...input }: ScorePredictionsInput,
    @Ctx() { asTeam, teamId }: Context,
  ) {
    const plain = predictions.map(({ itemId, sha256 }) => ({ itemId, sha256 }));
    return asTeam((sql) => createPredictionScoring(sql, teamId, { ...input, predictions: plain }));
  }

  @Needs("researcher")
  @Mutation(() => PredictionScoring, {
    description:
      "What an evaluation predicted, scored on another version of the same labels without training again: recorded and shown as a further scoring of its fold. Asked for again it is the same one, unless that failed",
  })
  scoreOnLabels(
    @Arg("evaluationId", () => GraphQLUUID) evaluationId: string,
    @Arg("labelVersionId", () => GraphQLUUID) labelVersionId: string,
    @Ctx() { asTeam, teamId }: Context,
  ) {
    return asTeam((sql) => createFurtherScoring(sql, teamId, { evaluationId, labelVersionId }));
  }

  @FieldResolver(() => [PredictionScoring], { description: "Newest first" })
  predictionScorings(@Root() { id }: RunRow, @Ctx() { loaders }: Context) {
    return loaders.predictionScorings.load(id);
  }
}
