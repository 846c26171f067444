/** @file How many channels of an image a network takes. */
import type { Check } from "./check.ts";

/**
 * 3: red, green and blue; a grey image is repeated. 1: grey, which of a colour image is its luma (Rec. ITU-R BT.601); three equal
 * channels give the one that they are.
 */
export const imageChannels = [3, 1] as const;
export type ImageChannels = (typeof imageChannels)[number];

/** Of a model; absent: 3, as before there was a choice. */
export const channelsOf = ({ channels = 3 }: { readonly channels?: ImageChannels }): ImageChannels => channels;

export function checkChannels(check: Check): void {
  const value = check.read("model.channels");
  if (imageChannels.some((each) => each === value)) return;
  check.problem("model.channels", "3 or 1", value, "3 is colour, 1 is grey; starting weights are fitted to either");
}
