/** @file The file of an image that was named by its item or by its hash. */
import { DomainError } from "@tessera/domain/errors";
import type { ShownImage } from "@tessera/domain/inspections/filterResponses";
import type { Context } from "../../context.ts";
import { found } from "../../graphql/found.ts";
import type { ShownImageInput } from "./shownImage.input.ts";

/** @throws DomainError NOT_FOUND: no such item; BAD_INPUT: both, or neither */
export async function shownImage(
  { itemId, sha256, name }: ShownImageInput,
  field: string,
  { loaders }: Context,
): Promise<ShownImage> {
  if (itemId && !sha256) {
    const item = found(await loaders.item.load(itemId), "item", itemId);
    return { name: item.name, sha256: item.sha256, itemId };
  }
  if (sha256 && !itemId) return { name: name ?? "uploaded image", sha256, itemId: null };
  const got = itemId ? "both" : "neither";
  throw new DomainError("BAD_INPUT", `${field}: expected an itemId or a sha256, got ${got}; choose one`, { field });
}
