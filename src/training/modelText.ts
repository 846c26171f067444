/** @file A model's size in words, for a message about memory. */
import type { RunConfiguration } from "@tessera/domain/configuration/run";

export const modelText = (model: RunConfiguration["model"]): string =>
  !("size" in model)
    ? model.family
    : `${model.size} x ${model.size}${"baseFilters" in model ? ` with ${model.baseFilters} filters` : ` of ${model.family}`}`;
