/** @file What became of the tensors of starting weights: for a machine, and for a reader. */

export interface WeightsReport {
  /** Tensors of the model that were set as they came. */
  readonly loaded: readonly string[];
  /** Tensors of the model that were set after a change, and which. */
  readonly adapted: readonly { readonly name: string; readonly how: string }[];
  /** Tensors that were not set, and why. */
  readonly skipped: readonly { readonly name: string; readonly why: string }[];
  /** Filters that say nothing, by layer; only those with any. */
  readonly deadFilters: readonly DeadFilters[];
}

export interface DeadFilters {
  readonly layer: string;
  readonly filters: number;
  /** Whose kernel is 0 after dequantisation: too small for the one step that the tensor was rounded to. */
  readonly quantised: number;
  /** Of the others, those that never got above 0 on the calibration images; null: not calibrated. */
  readonly trained: number | null;
}

/** A few lines: equal reasons are told once, with the names that they are true of. */
export function reportText({ loaded, adapted, skipped, deadFilters }: WeightsReport): string {
  const lines = [`${loaded.length} loaded, ${adapted.length} adapted, ${skipped.length} skipped`];
  for (const [how, names] of grouped(adapted.map(({ name, how }) => [how, name])))
    lines.push(`adapted (${how}): ${listed(names)}`);
  for (const [why, names] of grouped(skipped.map(({ name, why }) => [why, name])))
    lines.push(`skipped (${why}): ${listed(names)}`);
  for (const { layer, filters, quantised, trained } of deadFilters) {
    const others = trained === null ? "" : `, ${trained} more never above 0 on the calibration images`;
    lines.push(`dead filters of ${layer}: ${quantised} of ${filters} are 0 since they were quantised${others}`);
  }
  return lines.join("\n");
}

function grouped(pairs: readonly (readonly [string, string])[]): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const [reason, name] of pairs) groups.set(reason, [...(groups.get(reason) ?? []), name]);
  return groups;
}

const shown = 6;

function listed(names: readonly string[]): string {
  const more = names.length - shown;
  return names.slice(0, shown).join(", ") + (more > 0 ? ` and ${more} more` : "");
}
