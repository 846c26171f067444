import type { Annotation as AnnotationRow } from "@tessera/store/annotations";
import { FieldResolver, Int, Resolver, Root } from "type-graphql";
import { fileUrl } from "../graphql/fileUrl.ts";
import { total } from "../graphql/total.ts";
import { Annotation } from "./annotation.type.ts";

@Resolver(() => Annotation)
export class AnnotationResolver {
  @FieldResolver(() => String, { nullable: true, description: "Null: a label of classification" })
  maskUrl(@Root() { maskSha256 }: AnnotationRow) {
    return maskSha256 && fileUrl(maskSha256);
  }

  @FieldResolver(() => Boolean, { description: "Made by a rule for a label version: nobody's own opinion" })
  byRule(@Root() { madeBy }: AnnotationRow) {
    return madeBy !== null;
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
