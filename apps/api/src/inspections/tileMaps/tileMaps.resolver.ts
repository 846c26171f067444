import type { TileMapItem as ItemRow, TileMap as MapRow, TileMapsResult } from "@tessera/domain/inspections/tileMaps";
import type { Inspection as InspectionRow } from "@tessera/store/inspections";
import type { Item as ItemOfStore } from "@tessera/store/items";
import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from "type-graphql";
import type { Context } from "../../context.ts";
import { fileUrl } from "../../graphql/fileUrl.ts";
import { Needs } from "../../graphql/needs.ts";
import { Item } from "../../items/item.type.ts";
import { withoutBlind } from "../../review/withoutBlind.ts";
import { answerOf, ask } from "../ask.ts";
import { Inspection } from "../inspection.type.ts";
import { InspectTileMapsInput } from "./inspectTileMaps.input.ts";
import { TileMap, TileMapItem } from "./tileMapItem.type.ts";
import { TileMaps } from "./tileMaps.type.ts";

@Resolver(() => Inspection)
export class TileMapsOfInspectionResolver {
  @Needs("researcher")
  @Mutation(() => Inspection, {
    description: "Asked again, it is the same inspection. BAD_INPUT: the run is not on bags of tiles",
  })
  inspectTileMaps(@Arg("input", () => InspectTileMapsInput) input: InspectTileMapsInput, @Ctx() context: Context) {
    return ask("tileMaps", { ...input }, context);
  }

  @FieldResolver(() => TileMaps, { nullable: true, description: "Without items that I am yet to read blind" })
  async tileMaps(@Root() inspection: InspectionRow, @Ctx() { loaders }: Context) {
    const answer = answerOf(inspection, "tileMaps");
    if (answer === null) return null;
    const run = await loaders.run.load(inspection.runIds[0]!);
    return { ...answer, items: await withoutBlind(loaders, run?.labelVersionId ?? null, answer.items) };
  }
}

@Resolver(() => TileMaps)
export class TileMapsResolver {
  @FieldResolver(() => String, { nullable: true, description: "Why there is no map of attention; null: there is" })
  noAttention(@Root() { missing }: TileMapsResult) {
    return missing.attention;
  }

  @FieldResolver(() => String, { nullable: true, description: "Why there is no map of scores; null: there is" })
  noScore(@Root() { missing }: TileMapsResult) {
    return missing.score;
  }
}

@Resolver(() => TileMapItem)
export class TileMapItemResolver {
  @FieldResolver(() => Item, { description: "Its bagOrigin says which slide's tiles its rows are" })
  item(@Root() { itemId }: ItemRow, @Ctx() { loaders }: Context) {
    return loaders.item.load(itemId);
  }
}

@Resolver(() => TileMap)
export class TileMapResolver {
  @FieldResolver(() => String, {
    description: "float32, little endian, one per tile in the order of the bag's rows, which is that of its manifest",
  })
  valuesUrl(@Root() { values }: MapRow) {
    return fileUrl(values);
  }
}

@Resolver(() => Item)
export class TileMapsOfSlideResolver {
  @FieldResolver(() => [Inspection], {
    description: "Of a slide: inspections of tile maps that show a bag of its tiles, newest first",
  })
  async tileMaps(@Root() { id, kind }: ItemOfStore, @Ctx() { loaders }: Context) {
    if (kind !== "slide") return [];
    return (await loaders.tileMapsOfSlide.load(id)).map(({ inspection }) => inspection);
  }
}
