/** @file The configuration of a run of any task. */
import type { Problem } from "./check.ts";
import {
  type ClassificationConfiguration,
  classificationProblems,
  completeClassification,
  parseClassification,
} from "./classification.ts";
import { completeMil, type MilConfiguration, milProblems, parseMil } from "./milRun.ts";
import {
  completeSegmentation,
  parseSegmentation,
  type SegmentationConfiguration,
  segmentationProblems,
} from "./segmentation.ts";

/** Of items that are images. */
export type ImageConfiguration = SegmentationConfiguration | ClassificationConfiguration;
export type RunConfiguration = ImageConfiguration | MilConfiguration;

const tasks = {
  segmentation: { complete: completeSegmentation, problems: segmentationProblems, parse: parseSegmentation },
  classification: { complete: completeClassification, problems: classificationProblems, parse: parseClassification },
  mil: { complete: completeMil, problems: milProblems, parse: parseMil },
} as const;

/** Another name, or none, is held against segmentation's rules, which say what is expected. */
function rulesOf(value: unknown) {
  const { task } = (value ?? {}) as { readonly task?: unknown };
  return typeof task === "string" && Object.hasOwn(tasks, task)
    ? tasks[task as keyof typeof tasks]
    : tasks.segmentation;
}

/** `value` with every field that it may leave out. */
export const completeRun = (value: unknown): unknown => rulesOf(value).complete(value);

/** Everything wrong with `value`, by the rules of its task. */
export const runProblems = (value: unknown): Problem[] => rulesOf(value).problems(value);

/** @throws DomainError BAD_INPUT that lists every problem */
export const parseRun = (value: unknown): RunConfiguration => rulesOf(value).parse(value);

/** The task of the label schema that a run learns from: a bag has the label of a classification. */
export const labelTaskOf = ({ task }: Pick<RunConfiguration, "task">): "segmentation" | "classification" =>
  task === "segmentation" ? "segmentation" : "classification";
