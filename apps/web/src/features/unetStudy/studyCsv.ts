/** @file The board's two tables as CSV: effects, and arms. */
import { csvText } from "@/lib/csv";
import { foldName } from "@/lib/words";
import { differenceIn, type Study } from "./study.ts";

export const effectsCsv = ({ factors, metrics, fold }: Study, labelVersion: number): string =>
  csvText(
    [
      ...["factor", "level", "reference", "arms", "parameters", "parameters_of_partners"],
      ...[
        "receptive_field_px",
        "receptive_field_of_partners_px",
        "metric",
        "difference",
        "low",
        "high",
        "seeds",
        "items",
      ],
      ...["verdict", "convention", "fold", "label_version"],
    ],
    factors.flatMap(({ name, reference, levels }) =>
      levels
        .filter(({ level }) => level !== reference)
        .flatMap((level) =>
          metrics.map((metric) => {
            const difference = differenceIn(level, metric.name);
            const { partners } = level;
            return [
              ...[name, level.level, reference, level.arms, level.parameters, partners?.parameters],
              ...[level.receptiveField, partners?.receptiveField, metric.name],
              ...[difference?.estimate, difference?.low, difference?.high, difference?.seeds, difference?.items],
              ...[difference?.verdict?.toLowerCase(), metric.convention, foldName[fold], labelVersion],
            ];
          }),
        ),
    ),
  );

export const armsCsv = ({ arms, metrics, fold }: Study, labelVersion: number): string =>
  csvText(
    [
      ...["arm", "depth", "skips", "loss", "parameters", "receptive_field_px", "multiply_adds", "metric", "mean", "sd"],
      ...["low", "high", "seeds", "items", "undefined_items", "convention", "fold", "label_version"],
    ],
    arms.flatMap((arm) =>
      metrics.map((metric, i) => {
        const score = arm.scores[i];
        return [
          ...[arm.arm, arm.depth, arm.skips, arm.loss, arm.parameters, arm.receptiveField, arm.multiplyAdds],
          ...[metric.name, score?.mean, score?.sd, score?.low, score?.high, score?.seeds, score?.items],
          ...[score?.undefinedItems, metric.convention, foldName[fold], labelVersion],
        ];
      }),
    ),
  );
