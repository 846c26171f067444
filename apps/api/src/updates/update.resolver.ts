import { GraphQLUUID } from "graphql-scalars";
import { Arg, Resolver, Root, Subscription } from "type-graphql";
import type { Context } from "../context.ts";
import { Needs } from "../graphql/needs.ts";
import { ExperimentUpdate } from "./experimentUpdate.type.ts";
import { experimentUpdates } from "./experimentUpdates.ts";
import { RunUpdate } from "./runUpdate.type.ts";
import { runUpdates } from "./runUpdates.ts";
import { type Update, unwrap } from "./updates.ts";

/** Served at /graphql/stream. The first update holds everything. */
@Resolver()
export class UpdateResolver {
  @Needs("viewer")
  @Subscription(() => RunUpdate, {
    subscribe: ({ args, context }) => runUpdates(context as Context, args.runId),
  })
  runUpdates(@Root() update: Update<RunUpdate>, @Arg("runId", () => GraphQLUUID) _runId: string): RunUpdate {
    return unwrap(update);
  }

  @Needs("viewer")
  @Subscription(() => ExperimentUpdate, {
    subscribe: ({ args, context }) => experimentUpdates(context as Context, args.experimentId),
  })
  experimentUpdates(
    @Root() update: Update<ExperimentUpdate>,
    @Arg("experimentId", () => GraphQLUUID) _experimentId: string,
  ): ExperimentUpdate {
    return unwrap(update);
  }
}
