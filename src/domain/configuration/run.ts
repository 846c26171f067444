/** @file The configuration of a run of either task. */
import type { Problem } from "./check.ts";
import {
  type ClassificationConfiguration,
  classificationProblems,
  completeClassification,
  parseClassification,
} from "./classification.ts";
import {
  completeSegmentation,
  parseSegmentation,
  type SegmentationConfiguration,
  segmentationProblems,
} from "./segmentation.ts";

export type RunConfiguration = SegmentationConfiguration | ClassificationConfiguration;

const isClassification = (value: unknown): boolean =>
  (value as { task?: unknown } | null | undefined)?.task === "classification";

/** `value` with every field that it may leave out. */
export const completeRun = (value: unknown): unknown =>
  isClassification(value) ? completeClassification(value) : completeSegmentation(value);

/** Everything wrong with `value`, by the rules of its task. */
export const runProblems = (value: unknown): Problem[] =>
  isClassification(value) ? classificationProblems(value) : segmentationProblems(value);

/** @throws DomainError BAD_INPUT that lists every problem */
export const parseRun = (value: unknown): RunConfiguration =>
  isClassification(value) ? parseClassification(value) : parseSegmentation(value);
