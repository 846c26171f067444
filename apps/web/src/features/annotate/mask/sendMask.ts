/** @file A drawn mask to the api, as a PNG of one channel at the image's own size. */
import { putFile, sha256 } from "@/features/import/uploadFiles";
import type { MaskImage } from "./maskImage.ts";
import { encodeGreyPng, storedValues } from "./png.ts";

/** @returns its hash. @throws DescribedError */
export async function sendMask({ width, height, indices }: MaskImage, classes: number): Promise<string> {
  const png = await encodeGreyPng(storedValues(indices, classes), width, height);
  const data = png.buffer as ArrayBuffer;
  const hash = await sha256(data);
  await putFile(hash, data, "image/png");
  return hash;
}
