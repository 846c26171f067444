import type { RunState } from "@tessera/domain/words";
import { ingest } from "@tessera/store/claims";
import { createForeignRun, finishForeignRun, requestCancel, requeueRun } from "@tessera/store/runs";
import { GraphQLUUID } from "graphql-scalars";
import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { Context } from "../context.ts";
import { RunStateEnum } from "../graphql/enums.ts";
import { found } from "../graphql/found.ts";
import { Needs } from "../graphql/needs.ts";
import { CreateForeignRunInput } from "./createForeignRun.input.ts";
import { foreignEndState, pointsEvents } from "./foreignRun.ts";
import { LogPointsInput } from "./logPoints.input.ts";
import { LogPointsResult } from "./logPointsResult.type.ts";
import { Run } from "./run.type.ts";

@Resolver(() => Run)
export class RunMutationResolver {
  @Needs("researcher")
  @Mutation(() => Run, { description: "A queued run ends at once; a running one at its next step" })
  cancelRun(@Arg("id", () => GraphQLUUID) id: string, @Ctx() { asTeam, teamId }: Context) {
    return asTeam((sql) => requestCancel(sql, teamId, id));
  }

  @Needs("researcher")
  @Mutation(() => Run, { description: "A failed or cancelled run goes on from its newest checkpoint" })
  requeueRun(@Arg("id", () => GraphQLUUID) id: string, @Ctx() { asTeam, teamId }: Context) {
    return asTeam((sql) => requeueRun(sql, teamId, id));
  }

  @Needs("researcher")
  @Mutation(() => Run, { description: "A run that a script of yours trains; log to it with logPoints" })
  createForeignRun(
    @Arg("input", () => CreateForeignRunInput) input: CreateForeignRunInput,
    @Ctx() { asTeam, teamId, principal }: Context,
  ) {
    const { projectName, name, configuration } = input;
    const run = { projectName, name, configuration, arm: input.arm ?? name, seed: input.seed ?? 0 };
    return asTeam((sql) =>
      createForeignRun(sql, teamId, { ...run, createdBy: principal.userId, codeCommit: "foreign" }),
    );
  }

  @Needs("researcher")
  @Mutation(() => LogPointsResult, { description: "Safe to repeat: a sequence number is applied once" })
  async logPoints(
    @Arg("input", () => LogPointsInput) { runId, attempt, sequence, points }: LogPointsInput,
    @Ctx() { services, teamId, loaders }: Context,
  ) {
    const run = found(await loaders.run.load(runId), "run", runId);
    const events = pointsEvents(run, points);
    const { applied } = await ingest(services.db, { teamId, runId, attempt, sequence, events });
    return { applied };
  }

  @Needs("researcher")
  @Mutation(() => Run, { description: "State: SUCCEEDED, FAILED or CANCELLED" })
  finishForeignRun(
    @Arg("id", () => GraphQLUUID) id: string,
    @Arg("state", () => RunStateEnum) state: RunState,
    @Ctx() { asTeam, teamId }: Context,
  ) {
    const end = foreignEndState(state);
    return asTeam((sql) => finishForeignRun(sql, teamId, id, end));
  }
}
