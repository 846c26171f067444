/**
 * @file Heatmaps under guard: where in an image a classifier's logit comes from, never without the checks of the method that says so.
 *
 * docs/decisions/0033 says what the checks can show, and why these thresholds.
 */
import type { ClassValues } from "../classValues.ts";
import { architectureDifference } from "../configuration/architecture.ts";
import type { Check } from "../configuration/check.ts";
import { DomainError } from "../errors.ts";
import type { Fold } from "../words.ts";
import type { InspectionKind } from "./inspection.ts";
import { checkRunId, isUuid, parsedRequest } from "./requestFields.ts";

export const heatmapMethods = ["gradCam", "integratedGradients", "occlusion"] as const;
export type HeatmapMethod = (typeof heatmapMethods)[number];

/** What an image without information is: where integrated gradients start, and what occlusion paints. */
export const baselines = ["mean", "black"] as const;
export type Baseline = (typeof baselines)[number];

/** named: the request's itemIds. The others are of the validation fold, by the probability of the explained class. */
export const itemChoices = ["named", "confidentRight", "confidentWrong"] as const;
export type ItemChoice = (typeof itemChoices)[number];

export interface HeatmapsRequest {
  readonly runId: string;
  readonly choice: ItemChoice;
  /** Of any fold of the run's split: test items are looked at only where they are named here. */
  readonly itemIds: readonly string[];
  /** Items to choose. */
  readonly count: number;
  /** Absent: of each item the class that the run finds most probable. */
  readonly classIndex?: number;
  readonly methods: readonly HeatmapMethod[];
  readonly baseline: Baseline;
  /** Validation items that the checks are made on. */
  readonly guardItems: number;
  /** Networks of fresh random weights. */
  readonly draws: number;
  /** Updates of the model that is trained on permuted labels. */
  readonly labelSteps: number;
  /** A run of the same architecture that was trained on labels that mean nothing, instead of training one here. */
  readonly labelRandomisedRunId?: string;
}

/** signed: Spearman's correlation of the maps; magnitude: of their absolute values; structure: SSIM. */
export const similarityMeasures = ["signed", "magnitude", "structure"] as const;
export type SimilarityMeasure = (typeof similarityMeasures)[number];
export type Similarities = Readonly<Record<SimilarityMeasure, number>>;

/**
 * passes: by every measure less than half of a map is left without what the model learnt. partly: more than that may be left, but not nearly
 * all. independent: by some measure nearly all is left. undecided: too few draws, items, or maps that show something.
 */
export const guardVerdicts = ["passes", "partly", "independent", "undecided"] as const;
export type GuardVerdict = (typeof guardVerdicts)[number];

/** The share of a map that is left, with its 95 % interval; null limits: one value alone. */
export interface Left {
  readonly measure: SimilarityMeasure;
  readonly estimate: number;
  readonly low: number | null;
  readonly high: number | null;
}

export interface GuardCheck {
  readonly left: readonly Left[];
  /** Draws of weights, or items, that the interval is over. */
  readonly n: number;
  readonly verdict: GuardVerdict;
}

/** Means over items. */
export interface MapsAlike {
  readonly similarity: Similarities;
  /** Of maps of different items. */
  readonly chance: Similarities;
}

export interface CascadeStep extends MapsAlike {
  /** The last of the blocks that are random here; all before it are random, too. */
  readonly block: string;
}

/** A mean over items, with Student's 95 % interval of it: null limits for fewer than two items. */
export interface ItemMean {
  readonly mean: number;
  readonly low: number | null;
  readonly high: number | null;
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

export interface MethodChecks {
  readonly method: HeatmapMethod;
  readonly verdict: GuardVerdict;
  /** Items whose map shows something: these are compared. */
  readonly items: number;
  /** Items whose map is the same everywhere. */
  readonly blank: number;
  /** From the head downwards, by the first draw. Empty where fewer than two maps show something. */
  readonly cascade: readonly CascadeStep[];
  /** All blocks random; over draws. */
  readonly weights: GuardCheck | null;
  /** Over items: it is one network. */
  readonly labels: (GuardCheck & MapsAlike) | null;
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

/** The model whose labels mean nothing: accuracy on them, and what the most frequent answer reaches; null: another run is it. */
export interface LabelRandomisedModel {
  readonly runId: string | null;
  readonly steps: number | null;
  readonly accuracy: number | null;
  readonly chance: number | null;
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

export const mostItems = 16;

const defaults = {
  itemIds: [] as readonly string[],
  count: 6,
  methods: heatmapMethods,
  baseline: "mean",
  guardItems: 12,
  draws: 8,
  labelSteps: 300,
} as const;

export const heatmaps: InspectionKind<HeatmapsRequest> = {
  version: 1,
  parse(value) {
    const named = ((value as { itemIds?: unknown } | null)?.itemIds as unknown[] | null)?.length;
    const choice: ItemChoice = named ? "named" : "confidentRight";
    return parsedRequest<HeatmapsRequest>(value, { ...defaults, choice }, (check) => {
      const optional = { runId: "", classIndex: 0, labelRandomisedRunId: "" };
      check.noOtherFields({ ...defaults, choice, ...optional });
      checkRunId(check, "runId");
      checkItems(check);
      checkMethods(check);
      check.oneOf("baseline", baselines);
      check.integer("guardItems", 6, 32, "validation items; 12 tell a verdict in minutes");
      check.integer("draws", 5, 20, "networks of random weights; fewer than 5 carry no verdict");
      check.integer("labelSteps", 20, 3000, "updates on permuted labels; the more, the nearer to learnt by heart");
      if (check.read("classIndex") !== undefined) check.integer("classIndex", 0, 999, "of the label schema, from 0");
      if (check.read("labelRandomisedRunId") !== undefined) checkRunId(check, "labelRandomisedRunId");
      if (check.read("labelRandomisedRunId") === check.read("runId"))
        check.problem("labelRandomisedRunId", "another run", check.read("runId"), "leave it out to train one here");
    });
  },
  runIds: ({ runId, labelRandomisedRunId }) => [runId, ...(labelRandomisedRunId ? [labelRandomisedRunId] : [])],
  masks: true,
  checkRuns(_, [run, other]) {
    if (run!.task !== "classification") {
      throw new DomainError(
        "BAD_INPUT",
        "Heatmaps are of classifiers of images: a segmentation's own output says where, and a bag has no pixels. Choose a classification run",
        { task: run!.task },
      );
    }
    const differs = other && architectureDifference(other, run!.model, "all");
    if (!differs && (!other || ("size" in other.model && other.model.size === run!.model.size))) return;
    const message = `The label-randomised run differs in ${differs ?? "size"}; choose one of the same architecture, or leave it out`;
    throw new DomainError("BAD_INPUT", message, { field: differs ?? "size" });
  },
};

function checkItems(check: Check): void {
  check.oneOf("choice", itemChoices);
  check.integer("count", 1, mostItems, "items to choose");
  const ids = check.read("itemIds");
  const named = check.read("choice") === "named";
  const fits = Array.isArray(ids) && ids.every(isUuid) && new Set(ids).size === ids.length && ids.length <= mostItems;
  if (fits && ids.length > 0 === named) return;
  const expected = named ? `1 to ${mostItems} ids of items, each once` : "none, since items are chosen by a rule";
  check.problem("itemIds", expected, ids, "name items, or choose confidentRight or confidentWrong");
}

function checkMethods(check: Check): void {
  const methods = check.read("methods");
  const known: readonly unknown[] = heatmapMethods;
  const fits = Array.isArray(methods) && methods.length > 0 && methods.every((each) => known.includes(each));
  if (fits && new Set(methods).size === methods.length) return;
  check.problem("methods", `some of ${heatmapMethods.join(", ")}, each once`, methods, "gradCam is the quickest");
}
