import type { RunAttempt as AttemptRow } from "@tessera/store/attempts";
import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { Context } from "../context.ts";
import { Worker } from "../workers/worker.type.ts";
import { Attempt } from "./attempt.type.ts";

@Resolver(() => Attempt)
export class AttemptResolver {
  @FieldResolver(() => Worker, { nullable: true })
  worker(@Root() { workerId }: AttemptRow, @Ctx() { loaders }: Context) {
    return workerId === null ? null : loaders.worker.load(workerId);
  }
}
