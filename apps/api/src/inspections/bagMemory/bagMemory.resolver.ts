import type { Inspection as InspectionRow } from "@tessera/store/inspections";
import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from "type-graphql";
import type { Context } from "../../context.ts";
import { Needs } from "../../graphql/needs.ts";
import { answerOf, ask } from "../ask.ts";
import { Inspection } from "../inspection.type.ts";
import { BagMemory } from "./bagMemory.type.ts";
import { InspectBagMemoryInput } from "./inspectBagMemory.input.ts";

@Resolver(() => Inspection)
export class BagMemoryResolver {
  @Needs("researcher")
  @Mutation(() => Inspection, {
    description:
      "Asked again, it is the same inspection. BAD_INPUT: a run on images. CONFLICT: the run has no checkpoint",
  })
  inspectBagMemory(@Arg("input", () => InspectBagMemoryInput) input: InspectBagMemoryInput, @Ctx() context: Context) {
    return ask("bagMemory", { ...input }, context);
  }

  @FieldResolver(() => BagMemory, { nullable: true })
  bagMemory(@Root() inspection: InspectionRow) {
    return answerOf(inspection, "bagMemory");
  }
}
