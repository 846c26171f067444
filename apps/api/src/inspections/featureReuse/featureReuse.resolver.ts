import type { Inspection as InspectionRow } from "@tessera/store/inspections";
import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from "type-graphql";
import type { Context } from "../../context.ts";
import { Needs } from "../../graphql/needs.ts";
import { answerOf, ask } from "../ask.ts";
import { Inspection } from "../inspection.type.ts";
import { FeatureReuse } from "./featureReuse.type.ts";
import { InspectFeatureReuseInput } from "./inspectFeatureReuse.input.ts";

@Resolver(() => Inspection)
export class FeatureReuseResolver {
  @Needs("researcher")
  @Mutation(() => Inspection, {
    description: "Asked again, it is the same inspection. CONFLICT: a run has no checkpoint",
  })
  inspectFeatureReuse(
    @Arg("input", () => InspectFeatureReuseInput) { a, b, ...rest }: InspectFeatureReuseInput,
    @Ctx() context: Context,
  ) {
    return ask("featureReuse", { ...rest, a: { ...a }, b: { ...b } }, context);
  }

  @FieldResolver(() => FeatureReuse, { nullable: true })
  featureReuse(@Root() inspection: InspectionRow) {
    return answerOf(inspection, "featureReuse");
  }
}
