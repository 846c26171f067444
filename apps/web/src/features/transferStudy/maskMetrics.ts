/** @file The metrics of masks that are derived from counts: what a board of many runs can show. */
export const maskMetrics = [
  { value: "dice", label: "Dice" },
  { value: "iou", label: "IoU" },
  { value: "precision", label: "Precision" },
  { value: "sensitivity", label: "Sensitivity" },
  { value: "volumeError", label: "Volume error" },
] as const;
