/** @file The encoder of a U-Net: its own, or a MobileNet, so that weights of a classifier can start it. */
import type { Check } from "./check.ts";
import { checkMobileNet } from "./classificationModels.ts";

export const unetEncoderKinds = ["plain", "mobilenetV1", "mobilenetV2"] as const;

/** plain: two 3x3 convolutions a level, as in the paper. A MobileNet: all of it but the head, its weights named as the classifier's. */
export type UNetEncoder =
  | { readonly kind: "plain" }
  | {
      readonly kind: "mobilenetV1" | "mobilenetV2";
      /** Width multiplier: share of the paper's filters in every layer. */
      readonly alpha: number;
    };

export const plainEncoder: UNetEncoder = { kind: "plain" };

/** A MobileNet halves the side five times. */
export const mobilenetDepth = 5;

/** For `noOtherFields`. */
export const unetEncoderFields = (kind: unknown): string[] =>
  kind === "mobilenetV1" || kind === "mobilenetV2" ? ["kind", "alpha"] : ["kind"];

export function checkUNetEncoder(check: Check): void {
  check.oneOf("model.encoder.kind", unetEncoderKinds);
  const kind = check.read("model.encoder.kind");
  if (kind !== "mobilenetV1" && kind !== "mobilenetV2") return;
  checkMobileNet(check, "model.encoder.alpha");
  const depth = check.read("model.depth");
  if (depth === mobilenetDepth) return;
  check.problem("model.depth", `${mobilenetDepth} with the encoder ${kind}`, depth, "it halves the side five times");
}
