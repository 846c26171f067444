import { truthOnImage } from "@/lib/arms";
import type { MaskLayer } from "./drawMask.ts";

/** The label's mask over its image; nothing where there is no label, or it is one of classes. */
export const truthLayer = (
  label: { readonly maskUrl?: string | null } | null | undefined,
  { tint = 0, outline = 1.5 }: { tint?: number; outline?: number } = {},
): MaskLayer[] => (label?.maskUrl ? [{ url: label.maskUrl, color: truthOnImage, tint, outline }] : []);
