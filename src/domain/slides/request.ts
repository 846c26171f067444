/** @file What a person asks of a dataset's slides; a worker does it. Stored as JSON. */
import type { TileRule } from "./tileRule.ts";

export interface TilesRequest {
  readonly kind: "tiles";
  readonly rule: TileRule;
}

/** A classification run of ours as the encoder, by the checkpoint that was its best when this was asked: a job that resumes uses no other. */
export interface EncoderRun {
  readonly id: string;
  readonly checkpointSha256: string;
  readonly step: number;
  readonly epoch: number;
}

export interface FeaturesRequest {
  readonly kind: "features";
  /** The job of tiles whose manifests say where. */
  readonly tilesJobId: string;
  /** Imported weights, of a family with an encoder; null where a run is the encoder. */
  readonly weightsId: string | null;
  /** Absent: imported weights are the encoder. */
  readonly run?: EncoderRun;
  /** Whose labels the bags get; null: bags without labels. */
  readonly labelVersionId: string | null;
  /** Of the dataset that is made. */
  readonly name: string;
}

export type SlideRequest = TilesRequest | FeaturesRequest;
export type SlideJobKind = SlideRequest["kind"];
export const slideJobKinds = ["tiles", "features"] as const satisfies readonly SlideJobKind[];

/** What cutting a slide into tiles found, besides the tiles. */
export interface TileFacts {
  readonly places: number;
  readonly droppedTissue: number;
  readonly droppedBlurred: number;
  /** Of the slide's area, in [0, 1]. */
  readonly tissueShare: number;
  readonly penShare: number;
  /** Saturation, 0 to 255. */
  readonly threshold: number;
}
