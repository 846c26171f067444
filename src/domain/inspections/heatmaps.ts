/**
 * @file Heatmaps under guard: where in an image a classifier's logit comes from, never without the checks of the method that says so.
 *
 * docs/decisions/0033 says what the checks can show, and why these thresholds.
 */
import type { ClassValues } from "../classValues.ts";
import type { Check } from "../configuration/check.ts";
import { DomainError } from "../errors.ts";
import type { Fold } from "../words.ts";
import type { ItemMean, LabelRandomisedModel, MapGuard } from "./guard.ts";
import {
  checkGuarded,
  checkLabelRandomised,
  type GuardedRequest,
  guardedDefaults,
  guardedOptional,
  guardedRunIds,
  usualChoice,
} from "./guardedRequest.ts";
import type { InspectionKind } from "./inspection.ts";
import { parsedRequest } from "./requestFields.ts";

export const heatmapMethods = ["gradCam", "integratedGradients", "occlusion"] as const;
export type HeatmapMethod = (typeof heatmapMethods)[number];

/** What an image without information is: where integrated gradients start, and what occlusion paints. */
export const baselines = ["mean", "black"] as const;
export type Baseline = (typeof baselines)[number];

export interface HeatmapsRequest extends GuardedRequest {
  readonly methods: readonly HeatmapMethod[];
  readonly baseline: Baseline;
}

/** Areas under the ROC curve over the pixels of an item: map against mask. */
export interface Localisation {
  /** Chance is 0.5. */
  readonly auc: ItemMean;
  /** Items whose mask is neither empty nor everything. */
  readonly items: number;
  readonly edgeDetector: ItemMean;
  readonly centrePrior: ItemMean;
  /** The map's AUC minus the baseline's on the same item. */
  readonly overEdgeDetector: ItemMean;
  readonly overCentrePrior: ItemMean;
}

export interface MethodChecks extends MapGuard {
  readonly method: HeatmapMethod;
  /** Null: no item has a mask. */
  readonly localisation: Localisation | null;
}

export interface Heatmap {
  readonly method: HeatmapMethod;
  /** A PNG in colours. */
  readonly picture: string;
  /** float32, little endian, [size*size], in logits. */
  readonly values: string;
  readonly low: number;
  readonly high: number;
  /** Of integrated gradients: the map's sum should be the difference of logits to the baseline. */
  readonly integration: { readonly steps: number; readonly difference: number; readonly missing: number } | null;
}

export interface HeatmapItem {
  readonly itemId: string;
  readonly fold: Fold;
  readonly truth: ClassValues;
  readonly probabilities: readonly number[];
  /** Whose logit is explained. */
  readonly classIndex: number;
  /** As the model sees it, a PNG. */
  readonly image: string;
  readonly maps: readonly Heatmap[];
}

export interface HeatmapsResult {
  /** Side of the maps, pixels. */
  readonly size: number;
  readonly items: readonly HeatmapItem[];
  readonly methods: readonly MethodChecks[];
  readonly guardItems: number;
  readonly draws: number;
  readonly labelRandomised: LabelRandomisedModel;
  /** Whose masks the maps are held against; null: the dataset has none. */
  readonly masks: { readonly labelVersionId: string; readonly labelVersionNumber: number } | null;
  /** Of occlusion, pixels. */
  readonly squares: { readonly patch: number; readonly stride: number };
  /** Validation items among which the shown ones were chosen; null: they were named. */
  readonly chosenAmong: number | null;
}

const defaults = { ...guardedDefaults, methods: heatmapMethods, baseline: "mean" } as const;

export const heatmaps: InspectionKind<HeatmapsRequest> = {
  version: 1,
  parse(value) {
    const complete = { ...defaults, choice: usualChoice(value) };
    return parsedRequest<HeatmapsRequest>(value, complete, (check) => {
      check.noOtherFields({ ...complete, ...guardedOptional });
      checkGuarded(check);
      checkMethods(check);
      check.oneOf("baseline", baselines);
    });
  },
  runIds: guardedRunIds,
  masks: true,
  checkRuns(_, [run, other]) {
    if (run!.task !== "classification") {
      throw new DomainError(
        "BAD_INPUT",
        "Heatmaps are of classifiers of images: a segmentation's own output says where, and of a bag tile maps do. Choose a classification run",
        { task: run!.task },
      );
    }
    checkLabelRandomised(run!, other);
  },
};

function checkMethods(check: Check): void {
  const methods = check.read("methods");
  const known: readonly unknown[] = heatmapMethods;
  const fits = Array.isArray(methods) && methods.length > 0 && methods.every((each) => known.includes(each));
  if (fits && new Set(methods).size === methods.length) return;
  check.problem("methods", `some of ${heatmapMethods.join(", ")}, each once`, methods, "gradCam is the quickest");
}
