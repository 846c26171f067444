/** @file The checks as CSV: every number that a verdict rests on. */

import { type Cell, csvText } from "@/lib/csv";
import { isNumber } from "@/lib/format";
import { type Answer, fieldOf, leftOf, measures, methodName } from "./checkText.ts";

export const checksCsv = ({ methods }: Answer): string =>
  csvText(
    ["method", "check", "measure", "estimate", "low", "high", "n", "similarity", "chance"],
    methods.flatMap((checks): Cell[][] => {
      const name = methodName[checks.method];
      const cascade = checks.cascade.flatMap(({ block, similarity, chance }) =>
        measures.flatMap((measure) => {
          const [s, c] = [similarity[fieldOf[measure]], chance[fieldOf[measure]]];
          if (!isNumber(s) || !isNumber(c)) return [];
          return [[name, `random down to ${block}`, measure, leftOf(s, c), null, null, checks.items, s, c]];
        }),
      );
      const shares = [checks.weights, checks.labels].flatMap((check, place) =>
        (check?.left ?? []).map(({ measure, estimate, low, high }) => {
          const what = place === 0 ? "random weights" : "permuted labels";
          return [name, what, measure, estimate, low, high, check!.n, null, null];
        }),
      );
      const { localisation } = checks;
      const located = localisation
        ? (["auc", "edgeDetector", "centrePrior", "overEdgeDetector", "overCentrePrior"] as const).map((field) => {
            const { mean, low, high } = localisation[field];
            return [name, "localisation", field, mean, low, high, localisation.items, null, null];
          })
        : [];
      return [...cascade, ...shares, ...located];
    }),
  );
