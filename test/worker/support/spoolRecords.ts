import type { BatchRecord } from "@tessera/worker/spool/record";

export const batch = (sequence: number, value = sequence): BatchRecord => ({
  type: "batch",
  sequence,
  blobs: [],
  events: [{ type: "points", series: "train/loss", steps: [sequence], values: [value] }],
});
