/** @file The test pictures that weights have seen, as the api lists them where it refuses to start from these. */
import { CombinedGraphQLErrors } from "@apollo/client";

export interface SeenPair {
  readonly seen: string;
  readonly test: string;
  readonly kind: "sameFile" | "samePicture" | "near";
}

export interface OverlapOfHop {
  readonly runId: string;
  readonly runName: string;
  /** Of all; `pairs` lists the surest of them. */
  readonly count: number;
  readonly pairs: readonly SeenPair[];
}

/** Null where it was refused for another reason. */
export function overlapsOf(error: unknown): readonly OverlapOfHop[] | null {
  if (!CombinedGraphQLErrors.is(error)) return null;
  const overlaps = error.errors[0]?.extensions?.overlaps;
  return Array.isArray(overlaps) && overlaps.length > 0 ? (overlaps as OverlapOfHop[]) : null;
}

export const pairKind: Readonly<Record<SeenPair["kind"], string>> = {
  sameFile: "the same file",
  samePicture: "the same picture",
  near: "nearly the same picture",
};
