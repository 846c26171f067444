import type { Label as LabelRow } from "@tessera/store/labelVersions";
import { FieldResolver, Float, Int, Resolver, Root } from "type-graphql";
import { fileUrl } from "../graphql/fileUrl.ts";
import { total } from "../graphql/total.ts";
import { Label } from "./label.type.ts";

@Resolver(() => Label)
export class LabelResolver {
  @FieldResolver(() => String, {
    description: "PNG, 8-bit grey: 0 background, 255 foreground; of several classes, class index + 1",
  })
  maskUrl(@Root() { maskSha256 }: LabelRow) {
    return maskSha256 && fileUrl(maskSha256);
  }

  @FieldResolver(() => Int, { description: "All classes together, at the image's own size" })
  regionPixels(@Root() { regionPixels }: LabelRow) {
    return total(regionPixels);
  }

  @FieldResolver(() => Float, { description: "Of the image's pixels" })
  regionShare(@Root() { regionPixels, imagePixels }: LabelRow & { imagePixels: number }) {
    return total(regionPixels) / imagePixels;
  }

  @FieldResolver(() => Int, { description: "8-connected pieces, all classes together" })
  components(@Root() { components }: LabelRow) {
    return total(components);
  }
}
