/** @file A drawn mask to the api, as a PNG of one channel at the image's own size. */
import { uploadFiles } from "@/features/import/uploadFiles";
import type { MaskImage } from "./maskImage.ts";
import { encodeGreyPng, storedValues } from "./png.ts";

/** @returns its hash. @throws DescribedError */
export async function sendMask({ width, height, indices }: MaskImage, classes: number): Promise<string> {
  const png = await encodeGreyPng(storedValues(indices, classes), width, height);
  const file = new File([png as BlobPart], "mask.png", { type: "image/png" });
  const [sent] = await uploadFiles([{ path: "mask.png", file }], () => undefined, new AbortController().signal);
  return sent!.sha256;
}
