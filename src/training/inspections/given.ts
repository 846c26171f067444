/** @file What the computation of an inspection is given: the runs that it asks, their weights and items, files in and out. */
import type { InspectedRun } from "./inspectedRun.ts";

export interface Given {
  /** Of the request's runs. */
  run(runId: string): InspectedRun;
  /** A picture of the team's files as a model takes it: [size*size*3] RGB, 0..255. @throws DomainError BAD_FILE */
  picture(sha256: string, size: number): Promise<Uint8Array>;
  /** @param pixels [width*height*3] RGB, 0..255 @returns the sha256 of a PNG that the result may name */
  storePicture(pixels: Uint8Array, width: number, height: number): Promise<string>;
  readBlob(sha256: string): Promise<Uint8Array>;
  /** @returns the sha256, which the result may name */
  storeBlob(bytes: Uint8Array, mediaType: string): Promise<string>;
  /** Counts of whatever the computation is made of. Shown to whoever waits. */
  progress(done: number, total: number): void;
}
