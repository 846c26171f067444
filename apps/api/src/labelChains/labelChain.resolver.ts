import { DomainError } from "@tessera/domain/errors";
import { type StageCounts, stageNames } from "@tessera/domain/labelChain/chain";
import { listLabelChains, type StoredLabelChain } from "@tessera/store/labelChains";
import { GraphQLUUID } from "graphql-scalars";
import { Arg, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from "type-graphql";
import type { Context } from "../context.ts";
import { Needs } from "../graphql/needs.ts";
import { Project } from "../projects/project.type.ts";
import { assembleBoard, itemsOf } from "./assembleBoard.ts";
import { CreateLabelChainInput, LabelStageOfVersionsInput } from "./createLabelChain.input.ts";
import { ChosenByEnum } from "./enums.ts";
import { LabelChain, LabelChainStage, LabelStageCounts } from "./labelChain.type.ts";
import { LabelChainBoard } from "./labelChainBoard.type.ts";
import { stageOfVersions } from "./stageOfVersions.ts";
import { startLabelChain } from "./startLabelChain.ts";

const shown = (counts: StageCounts) => ({
  ...counts,
  items: counts.samples.reduce((sum, sample) => sum + itemsOf(sample), 0),
  datasetId: counts.origin?.datasetId ?? null,
});

const setsOf = ({ stages, direct }: StoredLabelChain) => {
  const all = [...stages, ...(direct ? [direct] : [])].flatMap(({ samples }) => samples.map(({ set }) => set));
  return [...new Set(all)].filter((set) => set !== "");
};

@Resolver(() => LabelChain)
export class LabelChainResolver {
  @Needs("viewer")
  @Query(() => LabelChain, { nullable: true })
  labelChain(@Arg("id", () => GraphQLUUID) id: string, @Ctx() { loaders }: Context) {
    return loaders.labelChain.load(id);
  }

  @Needs("viewer")
  @Query(() => [LabelChain], { description: "Newest first" })
  labelChains(@Ctx() { asTeam, teamId }: Context) {
    return asTeam((sql) => listLabelChains(sql, teamId));
  }

  @Needs("viewer")
  @Query(() => LabelStageCounts, { description: "What a stage of createLabelChain would count of stored labels" })
  async labelStageCounts(
    @Arg("versions", () => LabelStageOfVersionsInput) versions: LabelStageOfVersionsInput,
    @Ctx() context: Context,
  ) {
    return shown(await stageOfVersions(context, versions, { chosenBy: ChosenByEnum.BEFORE }));
  }

  @Needs("researcher")
  @Mutation(() => LabelChain, {
    description:
      "Counts are read now and kept. Called again with the same input it answers the first; another chain of the same name is refused",
  })
  createLabelChain(@Arg("input", () => CreateLabelChainInput) input: CreateLabelChainInput, @Ctx() context: Context) {
    return startLabelChain(context, input);
  }

  @FieldResolver(() => Project)
  project(@Root() { projectId }: StoredLabelChain, @Ctx() { loaders }: Context) {
    return loaders.project.load(projectId);
  }

  @FieldResolver(() => String, { description: "The person's name" })
  async createdBy(@Root() { createdBy }: StoredLabelChain, @Ctx() { loaders }: Context) {
    return (await loaders.person.load(createdBy))?.name ?? "somebody who left";
  }

  @FieldResolver(() => [LabelChainStage], { description: "In their order" })
  stages(@Root() { stages }: StoredLabelChain) {
    const names = stageNames(stages);
    return stages.map(({ kind, ...counts }, at) => ({ kind, name: names[at], counts: shown(counts) }));
  }

  @FieldResolver(() => LabelStageCounts, { nullable: true, description: "From the image to the label at once" })
  direct(@Root() { direct }: StoredLabelChain) {
    return direct && shown(direct);
  }

  @FieldResolver(() => [String], { description: "Sites or sets that a board may be asked of" })
  sets(@Root() chain: StoredLabelChain) {
    return setsOf(chain);
  }

  @FieldResolver(() => LabelChainBoard)
  board(
    @Root() chain: StoredLabelChain,
    @Arg("set", () => String, { nullable: true, description: "One of sets; null: all together" }) set: string | null,
    @Ctx() { services, teamId }: Context,
  ) {
    const wanted = set ?? null;
    const sets = setsOf(chain);
    if (wanted !== null && !sets.includes(wanted)) {
      throw new DomainError("BAD_INPUT", `set: expected one of ${sets.join(", ") || "none, as it has one sample a stage"}, got "${wanted}"`, { field: "set" }); // biome-ignore format: one line
    }
    // a chain never changes, so its id stands for its content
    return services.labelChains.get([teamId, chain.id, wanted], async () => assembleBoard(chain, wanted));
  }
}
