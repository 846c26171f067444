/** @file The words of heatmaps as GraphQL enums: INTEGRATED_GRADIENTS is integratedGradients. */
import { guardVerdicts, similarityMeasures } from "@tessera/domain/inspections/guard";
import { itemChoices } from "@tessera/domain/inspections/guardedRequest";
import { baselines, heatmapMethods } from "@tessera/domain/inspections/heatmaps";
import { registerEnumType } from "type-graphql";

export const enumOf = (words: readonly string[]) =>
  Object.fromEntries(words.map((word) => [word.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase(), word]));

export const HeatmapMethodEnum = enumOf(heatmapMethods);
export const HeatmapBaselineEnum = enumOf(baselines);
export const HeatmapItemChoiceEnum = enumOf(itemChoices);
export const SimilarityMeasureEnum = enumOf(similarityMeasures);
export const GuardVerdictEnum = enumOf(guardVerdicts);

registerEnumType(HeatmapMethodEnum, {
  name: "HeatmapMethod",
  description:
    "GRAD_CAM: Selvaraju 2017. INTEGRATED_GRADIENTS: Sundararajan 2017. OCCLUSION: Zeiler & Fergus 2014; the slowest",
});
registerEnumType(HeatmapBaselineEnum, {
  name: "HeatmapBaseline",
  description:
    "What an image without information is. MEAN: its own mean colour. BLACK: what is black then gets nothing",
});
registerEnumType(HeatmapItemChoiceEnum, {
  name: "HeatmapItemChoice",
  description:
    "NAMED: those of itemIds. The others are of the validation fold, by the probability of the explained class",
});
registerEnumType(SimilarityMeasureEnum, {
  name: "SimilarityMeasure",
  description: "SIGNED: Spearman's correlation of two maps. MAGNITUDE: of their absolute values. STRUCTURE: SSIM",
});
registerEnumType(GuardVerdictEnum, {
  name: "GuardVerdict",
  description:
    "PASSES: by every measure less than half of a map is left without what the model learnt. PARTLY: more may be left. INDEPENDENT: nearly all is left: the method does not depend on the model. UNDECIDED: too few draws, items, or maps that show something",
});
