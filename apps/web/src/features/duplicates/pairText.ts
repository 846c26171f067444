/** @file What makes two pictures one, in words. */
import type { DuplicatePairFieldsFragment } from "@/gql/graphql";

type Pair = Pick<DuplicatePairFieldsFragment, "kind" | "bits" | "correlation" | "orientation">;

export function pairText({ kind, bits, correlation, orientation }: Pair): string {
  if (kind === "SAME_FILE") return "the same file";
  if (kind === "SAME_PICTURE") return "the same picture in another file";
  const turned = orientation === "as it is" ? "" : `${orientation}, `;
  return `${turned}correlation ${correlation.toFixed(3)}, ${bits} of 64 bits differ`;
}
