/** @file What tile maps and their checks say, in words. */
import { guardText, intervalText } from "@/features/heatmaps/checkText";
import type { TileMapKind, TileMapsAnswerQuery, TileScore, TileTruthSource } from "@/gql/graphql";
import { isNumber, percent, plural } from "@/lib/format";

export type TileInspection = NonNullable<TileMapsAnswerQuery["inspection"]>;
export type Answer = NonNullable<TileInspection["tileMaps"]>;
export type Checks = Answer["checks"][number];
export type ShownBag = Answer["items"][number];

export const kindName: Readonly<Record<TileMapKind, string>> = { ATTENTION: "attention", SCORE: "score" };

/** A sentence on what a map's numbers are. */
export const kindText = (kind: TileMapKind, score: TileScore | null): string =>
  kind === "ATTENTION"
    ? "With what weight a tile goes into the slide’s vector. It says where the model looks, not what it finds there."
    : score === "CONTRIBUTION"
      ? "What a tile adds to the slide’s logit of the class; all tiles and a constant make the logit."
      : "The log-odds of the class, by the tile’s own logits.";

export const kindVerdictText = (checks: Checks): string =>
  guardText(checks, {
    ...{ name: kindName[checks.kind], whose: "the tiles’", of: "the tiles’ features" },
    blank: "In a map that is the same everywhere, no tile stands out.",
  });

export const truthSource: Readonly<Record<TileTruthSource, string>> = {
  REGIONS: "regions drawn on the slides",
  TILE_LABELS: "labels that came with the tiles",
};

export function tileLocalisationText({
  items,
  auc,
  overOddness,
  topHit,
  positiveShare,
}: NonNullable<Checks["localisation"]>): string {
  const { mean, low, high } = overOddness;
  const interval = `${mean >= 0 ? "+" : "−"}${Math.abs(mean).toFixed(2)}, ${intervalText(overOddness)}`;
  const word =
    !isNumber(low) || !isNumber(high)
      ? "not comparable on one item with how odd a tile’s features are"
      : low > 0
        ? `better than how odd a tile’s features are (${interval})`
        : high < 0
          ? `worse than how odd a tile’s features are (${interval})`
          : `not told apart from how odd a tile’s features are (${interval})`;
  return `On ${plural(items, "item")}: AUC ${auc.mean.toFixed(2)} (${intervalText(auc)}), ${word}. The highest tile is of the class in ${percent(topHit.mean, 0)} of items; by chance in ${percent(positiveShare.mean, 0)}.`;
}

interface Request {
  readonly choice: string;
  readonly itemIds: readonly string[];
  readonly count: number;
  readonly classIndex?: number;
}

/** "6 surest right · the predicted class". */
export function askedText(request: Record<string, unknown>, classes: readonly string[]): string {
  const { choice, itemIds, count, classIndex } = request as unknown as Request;
  const which =
    choice === "named"
      ? plural(itemIds.length, "named bag")
      : `${count} ${choice === "confidentRight" ? "surest right" : "surest wrong"}`;
  return `${which} · ${classIndex === undefined ? "the predicted class" : (classes[classIndex] ?? `class ${classIndex}`)}`;
}

/** The run that is explained; the other, where there is one, learnt labels that mean nothing. */
export const explainedRun = ({ runs, request }: Pick<TileInspection, "runs" | "request">) =>
  runs.find(({ id }) => id === request.runId) ?? runs[0];

export const runText = ({ arm, name, seed }: { readonly arm: string; readonly name: string; readonly seed: number }) =>
  `${arm || name}, seed ${seed}`;

/** Where a slide's viewer shows a map. */
export const mapAddress = (slideId: string, inspectionId: string, kind?: TileMapKind): string =>
  `/slides/${slideId}?draw=map&maps=${inspectionId}${kind ? `&kind=${kind.toLowerCase()}` : ""}`;
