/** @file The metrics that arms of classification runs can be compared in, as the api names them. */
export const comparedMetrics = [
  { value: "auc", label: "AUC" },
  { value: "averagePrecision", label: "Average precision" },
  { value: "sensitivityAtSpecificity", label: "Sensitivity at specificity" },
  { value: "accuracy", label: "Accuracy" },
  { value: "balancedAccuracy", label: "Balanced accuracy" },
  { value: "brier", label: "Brier score" },
  { value: "logLoss", label: "Log loss" },
  { value: "expectedCalibrationError", label: "Calibration error" },
] as const;
