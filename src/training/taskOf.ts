/** @file The task of a configuration. */
import type { RunConfiguration } from "@tessera/domain/configuration/run";
import { Classification } from "./classification/task.ts";
import { Segmentation } from "./segmentation/task.ts";
import type { Task } from "./task.ts";

/** What the label schema says of the classes. */
export interface LabelClasses {
  /** Absent: 1. */
  readonly classes?: number;
  /** Of classification: an item has exactly one of them. Absent: any number. */
  readonly exclusive?: boolean;
}

export const taskOf = (configuration: RunConfiguration, { classes = 1, exclusive = false }: LabelClasses = {}): Task =>
  configuration.task === "segmentation"
    ? new Segmentation(configuration, classes)
    : new Classification(configuration, classes, exclusive);
