import type { Inspection as InspectionRow } from "@tessera/store/inspections";
import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from "type-graphql";
import type { Context } from "../../context.ts";
import { Needs } from "../../graphql/needs.ts";
import { answerOf, ask } from "../ask.ts";
import { Inspection } from "../inspection.type.ts";
import { Forgetting } from "./forgetting.type.ts";
import { InspectForgettingInput } from "./inspectForgetting.input.ts";

@Resolver(() => Inspection)
export class ForgettingResolver {
  @Needs("researcher")
  @Mutation(() => Inspection, {
    description:
      "Asked again, it is the same inspection. BAD_INPUT: two architectures. CONFLICT: a run has no checkpoint",
  })
  inspectForgetting(
    @Arg("input", () => InspectForgettingInput) input: InspectForgettingInput,
    @Ctx() context: Context,
  ) {
    return ask("forgetting", { ...input }, context);
  }

  @FieldResolver(() => Forgetting, { nullable: true })
  forgetting(@Root() inspection: InspectionRow) {
    return answerOf(inspection, "forgetting");
  }
}
