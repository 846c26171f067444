/**
 * @file The kinds of inspection. A further kind is a line in `InspectionTypes`, one in `inspectionKinds`, one in
 * src/training/inspections/byKind.ts, and a resolver in apps/api/src/inspections.
 */
import { type BagMemoryRequest, type BagMemoryResult, bagMemory } from "./bagMemory.ts";
import { type FeatureReuseRequest, type FeatureReuseResult, featureReuse } from "./featureReuse.ts";
import { type FilterResponsesRequest, type FilterResponsesResult, filterResponses } from "./filterResponses.ts";
import { type ForgettingRequest, type ForgettingResult, forgetting } from "./forgetting.ts";
import { type HeatmapsRequest, type HeatmapsResult, heatmaps } from "./heatmaps.ts";
import type { InspectionKind } from "./inspection.ts";
import { type TileMapsRequest, type TileMapsResult, tileMaps } from "./tileMaps.ts";

export interface InspectionTypes {
  featureReuse: { readonly request: FeatureReuseRequest; readonly result: FeatureReuseResult };
  heatmaps: { readonly request: HeatmapsRequest; readonly result: HeatmapsResult };
  filterResponses: { readonly request: FilterResponsesRequest; readonly result: FilterResponsesResult };
  forgetting: { readonly request: ForgettingRequest; readonly result: ForgettingResult };
  bagMemory: { readonly request: BagMemoryRequest; readonly result: BagMemoryResult };
  tileMaps: { readonly request: TileMapsRequest; readonly result: TileMapsResult };
}

export type InspectionKindName = keyof InspectionTypes;
export type RequestOf<Kind extends InspectionKindName> = InspectionTypes[Kind]["request"];
export type ResultOf<Kind extends InspectionKindName> = InspectionTypes[Kind]["result"];

export const inspectionKinds: { readonly [Kind in InspectionKindName]: InspectionKind<RequestOf<Kind>> } = {
  featureReuse,
  heatmaps,
  filterResponses,
  forgetting,
  bagMemory,
  tileMaps,
};

export const inspectionKindNames = Object.keys(inspectionKinds) as InspectionKindName[];
