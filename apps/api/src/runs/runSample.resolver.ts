import type { RunSample as RunSampleRow } from "@tessera/store/samples";
import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { Context } from "../context.ts";
import { fileUrl } from "../graphql/fileUrl.ts";
import { Item } from "../items/item.type.ts";
import { RunSample } from "./runSample.type.ts";

@Resolver(() => RunSample)
export class RunSampleResolver {
  @FieldResolver(() => Item)
  item(@Root() { itemId }: RunSampleRow, @Ctx() { loaders }: Context) {
    return loaders.item.load(itemId);
  }

  @FieldResolver(() => String, {
    description:
      "PNG of the predicted mask at the model's size: 0 and 255, or of several classes 0 and class index + 1",
  })
  predictionUrl(@Root() { sha256 }: RunSampleRow) {
    return fileUrl(sha256);
  }
}
