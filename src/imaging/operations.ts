/** @file What a decoder child can do, by name. The client knows these by type only and never loads them. */
import { encodeImage, encodeMask } from "./encode.ts";
import { image, prepareImage, probe } from "./image.ts";
import { mask, prepareMask } from "./mask.ts";

export const operations = { probe, image, mask, prepareImage, prepareMask, encodeMask, encodeImage };
export type Operations = typeof operations;
