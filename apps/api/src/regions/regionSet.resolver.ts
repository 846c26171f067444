import { randomUUID } from "node:crypto";
import { DomainError } from "@tessera/domain/errors";
import { fromGeoJson } from "@tessera/domain/slides/geoJson";
import { checkRegions, type Region as DrawnRegion } from "@tessera/domain/slides/regions";
import { roleAtLeast } from "@tessera/domain/words";
import { blobsBySha } from "@tessera/store/blobs";
import type { Item as ItemRow } from "@tessera/store/items";
import { insertRegionSet, type RegionSetRow } from "@tessera/store/regionSets";
import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from "type-graphql";
import type { Context } from "../context.ts";
import { found } from "../graphql/found.ts";
import { Needs } from "../graphql/needs.ts";
import { Item } from "../items/item.type.ts";
import { RegionSet } from "./regionSet.type.ts";
import { ImportRegionsInput, SaveRegionsInput } from "./saveRegions.input.ts";

const mostBytes = 32_000_000;

@Resolver(() => RegionSet)
export class RegionSetResolver {
  @Needs("annotator")
  @Mutation(() => RegionSet, {
    description: "My regions on a slide, all of them, under my name. The sets before are kept",
  })
  async saveRegions(@Arg("input", () => SaveRegionsInput) input: SaveRegionsInput, @Ctx() context: Context) {
    const { itemId, id, basedOn, complete } = input;
    const slide = await slideOf(context, itemId);
    const regions = checkRegions(input.regions as unknown as DrawnRegion[], slide);
    const set = { id, itemId, userId: context.principal.userId, reader: null, basedOn, complete, regions };
    return context.asTeam((sql) => insertRegionSet(sql, context.teamId, set));
  }

  @Needs("annotator")
  @Mutation(() => RegionSet, {
    description:
      "A reader's regions on a slide from a GeoJSON file of QuPath, in place of those that this reader has. All or nothing: BAD_FILE says which feature and why",
  })
  async importRegions(@Arg("input", () => ImportRegionsInput) input: ImportRegionsInput, @Ctx() context: Context) {
    const { itemId, sha256, complete, unclassified = null } = input;
    const reader = readerOf(input, context);
    const slide = await slideOf(context, itemId);
    const regions = fromGeoJson(await textOf(context, sha256), slide, unclassified);
    const set = { id: randomUUID(), itemId, userId: context.principal.userId, reader, complete, regions };
    return context.asTeam((sql) => insertRegionSet(sql, context.teamId, set));
  }

  @FieldResolver(() => String, { description: "The regions as GeoJSON for QuPath" })
  geoJsonUrl(@Root() { id, itemId }: RegionSetRow) {
    return `/slides/${itemId}/regions/${id}.geojson`;
  }
}

@Resolver(() => Item)
export class RegionSetsOfItemResolver {
  @FieldResolver(() => [RegionSet], {
    description: "Regions drawn on a slide: the newest set of each reader, or every set, newest first, at most 100",
  })
  regionSets(
    @Root() { id }: ItemRow,
    @Arg("every", () => Boolean, { defaultValue: false }) every: boolean,
    @Ctx() { loaders }: Context,
  ) {
    return (every ? loaders.regionSets : loaders.newestRegionSets).load(id);
  }
}

async function slideOf({ loaders }: Context, itemId: string): Promise<ItemRow> {
  const item = found(await loaders.item.load(itemId), "item", itemId);
  if (item.kind === "slide") return item;
  throw new DomainError("BAD_INPUT", `itemId: expected a slide, got a ${item.kind}`, { field: "itemId" });
}

function readerOf({ reader = null }: ImportRegionsInput, { principal }: Context): string | null {
  if (reader === null) return null;
  if (!roleAtLeast(principal.role, "researcher")) {
    throw new DomainError("FORBIDDEN", `Importing another reader's regions needs the role researcher; you are ${principal.role}. Ask an admin`); // biome-ignore format: one line
  }
  const name = reader.trim();
  if (name.length >= 1 && name.length <= 200) return name;
  throw new DomainError("BAD_INPUT", `reader: expected a name of 1 to 200 characters, got ${name.length}`, {
    field: "reader",
  });
}

async function textOf({ asTeam, teamId, services }: Context, sha256: string): Promise<string> {
  const [blob] = await asTeam((sql) => blobsBySha(sql, teamId, [sha256]));
  if (!blob) {
    throw new DomainError("BAD_INPUT", "sha256: no such file in this team; PUT it to /files/<sha256> first", {
      field: "sha256",
    });
  }
  if (blob.size > mostBytes) {
    throw new DomainError("TOO_LARGE", `The GeoJSON file: expected at most ${mostBytes} bytes, got ${blob.size}`);
  }
  return new TextDecoder().decode(await services.objects.read(teamId, sha256));
}
