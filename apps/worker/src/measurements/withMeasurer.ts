/** @file The processes of one measurement or scoring: a decoder and a measurer, while it is held. */
import { openImaging } from "@tessera/imaging/client";
import type { Held } from "../leased.ts";
import type { SupervisorOptions } from "../options.ts";
import { type MaskFiles, type MaskShape, openMaskFiles } from "./maskFiles.ts";
import { type Measurer, openMeasurer } from "./measurer.ts";

export interface MeasuringProcesses {
  readonly files: MaskFiles;
  readonly measurer: Measurer;
}

/** Both end with `use`, and at once where the lease ends. */
export async function withMeasurer<T>(
  { objects, teamId }: SupervisorOptions,
  held: Held,
  shape: MaskShape,
  use: (processes: MeasuringProcesses) => Promise<T>,
): Promise<T> {
  const imaging = openImaging({ processes: 1 });
  const measurer = openMeasurer();
  const close = () => Promise.all([imaging.close(), measurer.close()]);
  held.signal.addEventListener("abort", close, { once: true });
  try {
    return await use({ files: openMaskFiles({ objects, imaging, teamId }, shape), measurer });
  } finally {
    await close();
  }
}
