/** @file How many threads a run gets. */
import type { RunConfiguration } from "@tessera/domain/configuration/run";

/** @param most what this machine gives to a run; null: no limit */
export const threadsOf = ({ threads }: RunConfiguration, most: number | null): number =>
  Math.min(threads, most ?? threads);
