/** @file The messages between the supervisor and the child that encodes the tiles of slides. */
import type { SlideFile, TileList } from "@tessera/imaging/slides/client";

/** The net: imported, by its two files, for tiles of this side (pixels); or a run's checkpoint, which says its own. */
export type EncoderFiles =
  | { readonly weightsSha256: string; readonly graphSha256: string; readonly size: number }
  | { readonly checkpointSha256: string };

export interface EncoderJob {
  readonly teamId: string;
  readonly objectsDirectory: string;
  readonly net: EncoderFiles;
  readonly threads: number;
}

export type ToEncoder =
  | { readonly type: "start"; readonly job: EncoderJob }
  | { readonly type: "slide"; readonly file: SlideFile; readonly tiles: TileList };

export type FromEncoder =
  | { readonly type: "progress"; readonly tiles: number }
  /** [tiles*features], in the order of the list. */
  | { readonly type: "features"; readonly features: number; readonly values: Float32Array }
  /** The slide cannot be read: the next one may be. */
  | { readonly type: "refused"; readonly error: string }
  /** `passing`: the next attempt may well get further. */
  | { readonly type: "failed"; readonly error: string; readonly passing: boolean };
