/** @file The distance transform of @tessera/domain, with what was wrong of its input said. */
import { type Spacing, squaredDistances as transform } from "@tessera/domain/distanceTransform";
import { DomainError } from "@tessera/domain/errors";
import { checkMask } from "./mask.ts";

export type { Spacing };

export const squarePixels: Spacing = { x: 1, y: 1 };

/** As the transform. @throws DomainError BAD_INPUT when the length is not width*height, or a spacing is not above 0 */
export function squaredDistances(
  mask: Uint8Array,
  width: number,
  height: number,
  spacing: Spacing = squarePixels,
): Float64Array {
  checkMask("squaredDistances", mask, width, height);
  if (!(spacing.x > 0 && spacing.y > 0 && Number.isFinite(spacing.x + spacing.y))) {
    throw new DomainError("BAD_INPUT", `spacing: expected lengths above 0, got ${spacing.x} x ${spacing.y}`, {
      spacing,
    });
  }
  return transform(mask, width, height, spacing);
}
