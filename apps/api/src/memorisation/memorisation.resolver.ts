import { DomainError } from "@tessera/domain/errors";
import { noiseChain } from "@tessera/domain/noise/noiseChain";
import { sortedJson } from "@tessera/domain/sortedJson";
import type { Experiment as ExperimentRow } from "@tessera/store/experiments";
import { runsOnVersions } from "@tessera/store/noisyRuns";
import type { Run as RunRow } from "@tessera/store/runs";
import { Arg, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { Context } from "../context.ts";
import { Experiment } from "../experiments/experiment.type.ts";
import { Run } from "../runs/run.type.ts";
import { Memorisation } from "./memorisation.type.ts";
import { memorisationOf } from "./memorisationOf.ts";

@Resolver(() => Run)
export class RunMemorisationResolver {
  @FieldResolver(() => Memorisation, {
    nullable: true,
    description: "Null: its labels were not made by noise, or it has told no epoch yet",
  })
  async memorisation(@Root() run: RunRow, @Ctx() context: Context): Promise<Memorisation | null> {
    if (run.datasetId === null) return null;
    const versions = await context.loaders.labelVersionsOfDataset.load(run.datasetId);
    const found = await memorisationOf(context, [run], versions);
    return found && { ...found, arm: run.arm, arms: [run.arm] };
  }
}

@Resolver(() => Experiment)
export class ExperimentMemorisationResolver {
  @FieldResolver(() => Memorisation, {
    nullable: true,
    description:
      "Of all runs with an arm's configuration and split whose labels were made by noise from the same ones, whichever experiment they are of. Null: there is none that has told an epoch",
  })
  async memorisation(
    @Root() experiment: ExperimentRow,
    @Arg("arm", () => String, { nullable: true, description: "Without: the first" }) arm: string | null,
    @Ctx() context: Context,
  ): Promise<Memorisation | null> {
    const { loaders, asTeam, teamId } = context;
    const runs = await loaders.runsOfExperiment.load(experiment.id);
    const firstOf = new Map(runs.toReversed().map((run) => [sortedJson(run.configuration), run]));
    const different = experiment.arms.filter(({ name }) => [...firstOf.values()].some((run) => run.arm === name));
    const arms = different.map(({ name }) => name);
    const chosen = arm ?? arms[0];
    const own = runs.filter((run) => run.arm === chosen);
    if (arm !== null && arm !== undefined && own.length === 0) {
      throw new DomainError("BAD_INPUT", `arm: expected one of ${arms.join(", ")}, got ${arm}`, { field: "arm" });
    }
    const versions = await loaders.labelVersionsOfDataset.load(experiment.datasetId);
    const cleanOf = (id: string | null) => {
      const version = versions.find((each) => each.id === id);
      return version && (noiseChain(version, versions)?.clean ?? version).id;
    };
    const clean = new Set(own.map((run) => cleanOf(run.labelVersionId)));
    const family = versions.filter(({ id }) => clean.has(cleanOf(id))).map(({ id }) => id);
    const [first] = own;
    if (first === undefined || chosen === undefined || first.splitId === null) return null;
    const { configuration, splitId } = first;
    const all = await asTeam((sql) => runsOnVersions(sql, teamId, { configuration, labelVersionIds: family, splitId }));
    const found = await memorisationOf(context, all, versions);
    return found && { ...found, arm: chosen, arms };
  }
}
