/** @file What the computation of an inspection is given: the runs that it asks, their weights and items, files in and out. */
import type { MilConfiguration } from "@tessera/domain/configuration/milRun";
import type { InspectedBags } from "./inspectedBags.ts";
import type { InspectedRun } from "./inspectedRun.ts";

/** A run on bags: what its memory depends on. */
export interface BagRun {
  readonly configuration: MilConfiguration;
  readonly classes: number;
  readonly exclusive: boolean;
  /** Per tile. */
  readonly features: number;
  /** Tiles of the largest bag of its items. */
  readonly largestBag: number;
}

export interface Given {
  /** Of the request's runs. */
  run(runId: string): InspectedRun;
  /** Of the request's runs. */
  bagRun(runId: string): BagRun;
  /** Of the request's runs, with its weights and bags. */
  bags(runId: string): InspectedBags;
  /** What this process may take beyond what it holds. */
  freeBytes(): number;
  /** A picture of the team's files (JPEG, PNG, BMP, a DICOM film) as a model takes it: [size*size*3] RGB, 0..255. @throws DomainError BAD_FILE */
  picture(sha256: string, size: number): Promise<Uint8Array>;
  /** @param pixels [width*height*3] RGB, 0..255 @returns the sha256 of a PNG that the result may name */
  storePicture(pixels: Uint8Array, width: number, height: number): Promise<string>;
  readBlob(sha256: string): Promise<Uint8Array>;
  /** @returns the sha256, which the result may name */
  storeBlob(bytes: Uint8Array, mediaType: string): Promise<string>;
  /** Counts of whatever the computation is made of. Shown to whoever waits. */
  progress(done: number, total: number): void;
}
