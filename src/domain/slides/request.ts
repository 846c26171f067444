/** @file What a person asks of a dataset's slides; a worker does it. Stored as JSON. */
import type { BagPlan } from "../study/witnessStudy.ts";
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

/** The bags of one rate of a witness study, drawn from a dataset of bags whose tiles' own labels are known. */
export interface ComposeRequest {
  readonly kind: "compose";
  /** The study. */
  readonly experimentId: string;
  readonly rate: number;
  readonly bags: BagPlan;
  /** Whose folds the tiles are drawn within. */
  readonly splitId: string;
  /** Whose two classes the bags get. */
  readonly labelVersionId: string;
  /** Where they go. */
  readonly bagDatasetId: string;
}

export type SlideRequest = TilesRequest | FeaturesRequest | ComposeRequest;
/** Of jobs that are a dataset's own; those of a study are shown with it. */
export type SlideJobKind = Exclude<SlideRequest["kind"], "compose">;
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
