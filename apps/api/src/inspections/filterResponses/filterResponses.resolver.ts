import type { Inspection as InspectionRow } from "@tessera/store/inspections";
import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from "type-graphql";
import type { Context } from "../../context.ts";
import { Needs } from "../../graphql/needs.ts";
import { answerOf, ask } from "../ask.ts";
import { Inspection } from "../inspection.type.ts";
import { FilterResponses } from "./filterResponses.type.ts";
import { InspectFiltersInput } from "./inspectFilters.input.ts";
import { shownImage } from "./shownImage.ts";

@Resolver(() => Inspection)
export class FilterResponsesResolver {
  @Needs("researcher")
  @Mutation(() => Inspection, {
    description: "Asked again, it is the same inspection. CONFLICT: the run has no checkpoint",
  })
  async inspectFilters(
    @Arg("input", () => InspectFiltersInput) { runId, images }: InspectFiltersInput,
    @Ctx() context: Context,
  ) {
    const shown = await Promise.all(images.map((image, i) => shownImage(image, `images.${i}`, context)));
    return ask("filterResponses", { runId, images: shown }, context);
  }

  @FieldResolver(() => FilterResponses, { nullable: true })
  filterResponses(@Root() inspection: InspectionRow) {
    return answerOf(inspection, "filterResponses");
  }
}
