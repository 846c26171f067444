import type { Annotation as AnnotationRow } from "@tessera/store/annotations";
import { FieldResolver, Int, Resolver, Root } from "type-graphql";
import { fileUrl } from "../graphql/fileUrl.ts";
import { total } from "../graphql/total.ts";
import { Annotation } from "./annotation.type.ts";

@Resolver(() => Annotation)
export class AnnotationResolver {
  @FieldResolver(() => String)
  maskUrl(@Root() { maskSha256 }: AnnotationRow) {
    return maskSha256 && fileUrl(maskSha256);
  }

  @FieldResolver(() => Int, { description: "All classes together, at the image's own size" })
  regionPixels(@Root() { regionPixels }: AnnotationRow) {
    return total(regionPixels);
  }

  @FieldResolver(() => Int, { description: "8-connected pieces, all classes together" })
  components(@Root() { components }: AnnotationRow) {
    return total(components);
  }
}
