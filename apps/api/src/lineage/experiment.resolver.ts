import type { Experiment as ExperimentRow } from "@tessera/store/experiments";
import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { Context } from "../context.ts";
import { splitLeakage } from "../duplicates/splitLeakage.ts";
import { Experiment } from "../experiments/experiment.type.ts";
import { startingRuns } from "./chain.ts";
import { hopOverlap } from "./hopOverlap.ts";
import { describedOverlap } from "./lineageOf.ts";
import { TestOverlap } from "./testOverlap.type.ts";

@Resolver(() => Experiment)
export class TestOverlapOfExperimentResolver {
  @FieldResolver(() => TestOverlap, { description: "Derived from the hashes that there are now; every board shows it" })
  async testOverlap(@Root() { id, splitId }: ExperimentRow, @Ctx() context: Context): Promise<TestOverlap> {
    const { loaders } = context;
    const [split, runs] = await Promise.all([loaders.split.load(splitId), loaders.runsOfExperiment.load(id)]);
    const starts = new Set(runs.flatMap(({ startingRunId }) => startingRunId ?? []));
    const chains = await Promise.all([...starts].map((start) => startingRuns(loaders, start)));
    const hops = new Map(chains.flat().map((run) => [run.id, run]));
    const overlaps = await Promise.all([...hops.values()].map((run) => hopOverlap(context, run, splitId)));
    const { intoTest, unhashed } = await splitLeakage(context, split!, null);
    const seen = overlaps.filter(({ pairs }) => pairs.length > 0);
    return {
      withinSplit: intoTest,
      unhashed,
      hops: await Promise.all(
        seen.map(async (overlap) => ({ run: overlap.run, ...(await describedOverlap(context, overlap)) })),
      ),
    };
  }
}
