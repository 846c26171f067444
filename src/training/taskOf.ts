/** @file The task of a configuration. */
import type { RunConfiguration } from "@tessera/domain/configuration/run";
import { ClassLabels } from "./classification/labels.ts";
import { Classification } from "./classification/task.ts";
import type { BagSize } from "./items.ts";
import { bagFactsOf } from "./mil/bagFacts.ts";
import { MultipleInstance } from "./mil/task.ts";
import { Segmentation } from "./segmentation/task.ts";
import type { Task } from "./task.ts";

/** What the data says. */
export interface TaskData {
  /** Of the label schema. Absent: 1. */
  readonly classes?: number;
  /** Of the label schema, in classification: an item has exactly one of them. Absent: any number. */
  readonly exclusive?: boolean;
  /** Of every fold; asked of bags alone. */
  readonly items?: readonly { readonly itemId: string; readonly bagSize?: BagSize | undefined }[];
}

/** @throws DomainError CONFLICT where the items are not what the task takes */
export function taskOf(
  configuration: RunConfiguration,
  { classes = 1, exclusive = false, items = [] }: TaskData = {},
): Task {
  if (configuration.task === "segmentation") return new Segmentation(configuration, classes);
  const labels = new ClassLabels(classes, exclusive);
  if (configuration.task === "classification") return new Classification(configuration, labels);
  return new MultipleInstance(configuration, labels, bagFactsOf(items));
}
