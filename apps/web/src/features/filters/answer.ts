/** @file What an answer about filters says, in words and rows. */
import type { FiltersAnswerQuery } from "@/gql/graphql";
import { csvText } from "@/lib/csv";
import { compact, count, percent } from "@/lib/format";

export type Answer = NonNullable<NonNullable<FiltersAnswerQuery["inspection"]>["filterResponses"]>;
export type Depth = Answer["depths"][number];
export type Shown = Depth["shown"][number];
export type Response = Shown["before"][number];

/** Where the filters changed most and least, and what became of the dead ones. */
export function sentenceOf({ depths, layers, validationItems }: Answer): string {
  const sorted = [...depths].sort((a, b) => b.change - a.change);
  const [most, least] = [sorted[0], sorted.at(-1)];
  if (!most || !least) return "This network has no layer with a ReLU.";
  const dead = (at: "before" | "after") => layers.reduce((sum, { validation }) => sum + validation[at], 0);
  const all = layers.reduce((sum, { filters }) => sum + filters, 0);
  return (
    `The answers changed most in ${most.block} (${compact(most.change)} times the size of the answers before) and least in ${least.block} (${compact(least.change)}). ` +
    `Dead on all ${count(validationItems)} validation items: ${count(dead("before"))} of ${count(all)} filters before training, ${count(dead("after"))} after.`
  );
}

/** For whoever cannot see the picture. */
export const pictureText = (filter: number, image: string, when: string, response: Response): string =>
  `Filter ${filter}, ${image}, ${when} training: ${responseText(response)}`;

export const responseText = ({ mean, active, high }: Response): string =>
  `mean ${compact(mean)}, ${percent(active, 0)} of positions active, highest ${compact(high)}`;

export function filtersCsv({ depths, images }: Answer): string {
  const columns = ["block", "layer", "filter", "change", "distance", "image", "when", "mean", "active", "low", "high"];
  const rows = depths.flatMap(({ block, layer, shown }) =>
    shown.flatMap(({ filter, change, distance, before, after }) =>
      images.flatMap(({ name }, i) =>
        (
          [
            ["before", before[i]],
            ["after", after[i]],
          ] as const
        ).map(([when, at]) => [
          block,
          layer,
          filter,
          change,
          distance,
          name,
          when,
          at?.mean,
          at?.active,
          at?.low,
          at?.high,
        ]),
      ),
    ),
  );
  return csvText(columns, rows);
}

export function deadCsv({ layers, images }: Answer): string {
  const places = [...images.map(({ name }) => name), "both images", "validation"];
  const rows = layers.flatMap(({ block, layer, filters, images: each, both, validation }) =>
    [...each, both, validation].map(({ before, after }, i) => [block, layer, filters, places[i], before, after]),
  );
  return csvText(["block", "layer", "filters", "dead_on", "before", "after"], rows);
}

export function spectraCsv({ firstLayer }: Answer): string {
  const rows = firstLayer.filters.flatMap(({ filter, before, after }) =>
    firstLayer.frequencies.map((frequency, i) => [filter, frequency, before[i], after[i]]),
  );
  return csvText(["filter", "cycles_per_pixel", "power_before", "power_after"], rows);
}

/** Mean over filters of each one's power as a share of its own sum; filters that are all 0 are left out. */
export function meanProfile({ firstLayer }: Answer, at: "before" | "after"): number[] {
  const shares = firstLayer.filters.flatMap((each) => {
    const sum = each[at].reduce((total, power) => total + power, 0);
    return sum > 0 ? [each[at].map((power) => power / sum)] : [];
  });
  return firstLayer.frequencies.map(
    (_, i) => shares.reduce((sum, share) => sum + share[i]!, 0) / Math.max(1, shares.length),
  );
}
