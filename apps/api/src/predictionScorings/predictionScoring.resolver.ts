import { createPredictionScoring } from "@tessera/store/predictionScorings";
import type { Run as RunRow } from "@tessera/store/runs";
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

  @FieldResolver(() => [PredictionScoring], { description: "Newest first; none of a run that Tessera trains" })
  predictionScorings(@Root() { id }: RunRow, @Ctx() { loaders }: Context) {
    return loaders.predictionScorings.load(id);
  }
}
