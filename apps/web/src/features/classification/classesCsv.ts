import { csvText } from "@/lib/csv";
import type { ClassificationScores } from "./model.ts";

/** One row per class. */
export const classesCsv = ({ classes, specificity }: ClassificationScores): string =>
  csvText(
    [
      ...["class", "n", "present", "auc", "auc_low", "auc_high", "average_precision"],
      ...[
        "average_precision_low",
        "average_precision_high",
        "specificity",
        "sensitivity",
        "threshold",
        "calibration_error",
      ],
    ],
    classes.map((each) => [
      ...[each.name, each.n, each.positives, each.auc, each.aucLow, each.aucHigh, each.averagePrecision],
      ...[
        each.averagePrecisionLow,
        each.averagePrecisionHigh,
        specificity,
        each.atSpecificity?.sensitivity,
        each.atSpecificity?.threshold,
        each.calibration.error,
      ],
    ]),
  );
