/** @file How each kind of inspection is computed. */
import type { InspectionKindName, RequestOf, ResultOf } from "@tessera/domain/inspections/kinds";
import { bagMemory } from "./bagMemory.ts";
import { featureReuse } from "./featureReuse.ts";
import { filterResponses } from "./filterResponses.ts";
import { forgetting } from "./forgetting.ts";
import type { Given } from "./given.ts";
import { heatmaps } from "./heatmaps.ts";
import { tileMaps } from "./tileMaps.ts";

/** The result goes through JSON: null instead of NaN. @throws DomainError for what a person can mend */
export type Computation<Kind extends InspectionKindName> = (
  request: RequestOf<Kind>,
  given: Given,
) => Promise<ResultOf<Kind>>;

export const computations: { readonly [Kind in InspectionKindName]: Computation<Kind> } = {
  featureReuse,
  heatmaps,
  filterResponses,
  forgetting,
  bagMemory,
  tileMaps,
};
