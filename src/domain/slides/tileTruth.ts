/**
 * @file What a reader's regions say of each tile of a manifest.
 *
 * A tile's share is the area of it that lies inside regions of the classes asked for, over its own area: exact, as the area of a
 * polygon is (regionShare.ts), and counted once where regions overlap.
 *
 * The rule: positive where the share is at least `leastShare`. Negative where no part of it is inside them and that is known: the
 * regions are complete, or at least `leastShare` of the tile lies inside regions of other classes. All else is unknown: a tile that
 * holds a little of the class is neither, and one that nobody drew on says nothing.
 */
import { DomainError } from "../errors.ts";
import { sharesInside, type TilePlaces } from "./regionShare.ts";
import type { Region, RegionSet } from "./regions.ts";

export interface TileTruthRule {
  /** Tiles are positive inside any of these; null: of every class drawn. */
  readonly classNames: readonly string[] | null;
  /** Above 0, at most 1. */
  readonly leastShare: number;
}

const usualTileTruthRule: TileTruthRule = { classNames: null, leastShare: 0.5 };

/** 1 positive, 0 negative, null unknown. */
export type TileLabel = 1 | 0 | null;

export interface TileTruth {
  readonly rule: TileTruthRule;
  /** In the manifest's order, as `labels`; in [0, 1]. */
  readonly shares: readonly number[];
  readonly labels: readonly TileLabel[];
  readonly counts: { readonly positive: number; readonly negative: number; readonly unknown: number };
}

/** @throws DomainError BAD_INPUT where the rule's share is not above 0 and at most 1 */
export function tileTruth(
  places: TilePlaces,
  { regions, complete }: RegionSet,
  rule: TileTruthRule = usualTileTruthRule,
): TileTruth {
  const { classNames, leastShare } = rule;
  if (!(leastShare > 0 && leastShare <= 1)) {
    const message = `leastShare: expected a share above 0 and at most 1, got ${leastShare}`;
    throw new DomainError("BAD_INPUT", message, { field: "leastShare" });
  }
  const isAsked = ({ className }: Region) => classNames === null || classNames.includes(className);
  const shares = sharesInside(places, regions.filter(isAsked));
  const others = sharesInside(
    places,
    regions.filter((region) => !isAsked(region)),
  );
  const labels = shares.map((share, at): TileLabel => {
    if (reaches(share, leastShare)) return 1;
    return share === 0 && (complete || reaches(others[at]!, leastShare)) ? 0 : null;
  });
  const count = (label: TileLabel) => labels.filter((each) => each === label).length;
  return { rule, shares, labels, counts: { positive: count(1), negative: count(0), unknown: count(null) } };
}

/** Shares are sums of areas: a tile that is inside by half must not miss by rounding. */
const reaches = (share: number, least: number) => share >= least - 1e-9;
