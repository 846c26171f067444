/** @file How many threads a run gets. */
import type { SegmentationConfiguration } from "@tessera/domain/configuration/segmentation";

/** @param most what this machine gives to a run; null: no limit */
export const threadsOf = ({ threads }: SegmentationConfiguration, most: number | null): number =>
  Math.min(threads, most ?? threads);
