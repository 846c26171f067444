import { listWorkers, type Worker as WorkerRow } from "@tessera/store/workers";
import { Ctx, FieldResolver, Query, Resolver, Root } from "type-graphql";
import type { Context } from "../context.ts";
import { Needs } from "../graphql/needs.ts";
import { Run } from "../runs/run.type.ts";
import { Worker } from "./worker.type.ts";

@Resolver(() => Worker)
export class WorkerResolver {
  @Needs("viewer")
  @Query(() => [Worker])
  workers(@Ctx() { asTeam, teamId }: Context) {
    return asTeam((sql) => listWorkers(sql, teamId));
  }

  @FieldResolver(() => [Run])
  currentRuns(@Root() { currentRunIds }: WorkerRow, @Ctx() { loaders }: Context) {
    return loaders.run.loadMany(currentRunIds);
  }
}
