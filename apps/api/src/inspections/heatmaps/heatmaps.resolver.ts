import type { HeatmapsResult, HeatmapItem as ItemRow, Heatmap as MapRow } from "@tessera/domain/inspections/heatmaps";
import type { Inspection as InspectionRow } from "@tessera/store/inspections";
import { Arg, Ctx, FieldResolver, Int, Mutation, Resolver, Root } from "type-graphql";
import type { Context } from "../../context.ts";
import { fileUrl } from "../../graphql/fileUrl.ts";
import { Needs } from "../../graphql/needs.ts";
import { Item } from "../../items/item.type.ts";
import { LabelVersion } from "../../labelVersions/labelVersion.type.ts";
import { withoutBlind } from "../../review/withoutBlind.ts";
import { answerOf, ask } from "../ask.ts";
import { Inspection } from "../inspection.type.ts";
import { Heatmap, HeatmapItem } from "./heatmapItem.type.ts";
import { Heatmaps } from "./heatmaps.type.ts";
import { InspectHeatmapsInput } from "./inspectHeatmaps.input.ts";

@Resolver(() => Inspection)
export class HeatmapsOfInspectionResolver {
  @Needs("researcher")
  @Mutation(() => Inspection, {
    description: "Asked again, it is the same inspection. BAD_INPUT: the run is no classification",
  })
  inspectHeatmaps(@Arg("input", () => InspectHeatmapsInput) input: InspectHeatmapsInput, @Ctx() context: Context) {
    return ask("heatmaps", { ...input }, context);
  }

  @FieldResolver(() => Heatmaps, { nullable: true, description: "Without items that I am yet to read blind" })
  async heatmaps(@Root() inspection: InspectionRow, @Ctx() { loaders }: Context) {
    const answer = answerOf(inspection, "heatmaps");
    if (answer === null) return null;
    const run = await loaders.run.load((inspection.request as { readonly runId: string }).runId);
    const ofRun = await withoutBlind(loaders, run?.labelVersionId ?? null, answer.items);
    return { ...answer, items: await withoutBlind(loaders, answer.masks?.labelVersionId ?? null, ofRun) };
  }
}

@Resolver(() => Heatmaps)
export class HeatmapsResolver {
  @FieldResolver(() => LabelVersion, { nullable: true, description: "Whose masks the maps are held against" })
  maskVersion(@Root() { masks }: HeatmapsResult, @Ctx() { loaders }: Context) {
    return masks && loaders.labelVersion.load(masks.labelVersionId);
  }

  @FieldResolver(() => Int, { description: "Side of the square that occlusion paints, pixels" })
  occlusionPatch(@Root() { squares }: HeatmapsResult) {
    return squares.patch;
  }

  @FieldResolver(() => Int, { description: "Between neighbouring squares, pixels" })
  occlusionStride(@Root() { squares }: HeatmapsResult) {
    return squares.stride;
  }
}

@Resolver(() => HeatmapItem)
export class HeatmapItemResolver {
  @FieldResolver(() => Item)
  item(@Root() { itemId }: ItemRow, @Ctx() { loaders }: Context) {
    return loaders.item.load(itemId);
  }

  @FieldResolver(() => String, { description: "As the model sees it, a PNG" })
  imageUrl(@Root() { image }: ItemRow) {
    return fileUrl(image);
  }
}

@Resolver(() => Heatmap)
export class HeatmapResolver {
  @FieldResolver(() => String, { description: "In colours, a PNG; of a map that has values below 0, white is 0" })
  pictureUrl(@Root() { picture }: MapRow) {
    return fileUrl(picture);
  }

  @FieldResolver(() => String, { description: "float32, little endian, row by row, in logits" })
  valuesUrl(@Root() { values }: MapRow) {
    return fileUrl(values);
  }
}
