/** @file The layers of a network whose filters can be looked at: those with a ReLU behind them, and which kernel makes them. */
import type * as tf from "@tensorflow/tfjs";
import { placeOf } from "../weights/blocks.ts";

export interface ActivatedLayer {
  /** "block1/pointwise/relu", "stage1/block0/relu". */
  readonly layer: string;
  /** Its block, as CKA and the layer cut count them: "block1", "encoder/level0", "decoder/level0". */
  readonly block: string;
  /** The name of the weight of which filter i makes channel i: of a residual block the last convolution's. */
  readonly kernel: string;
  /** [b, h, w, filters] */
  readonly output: tf.SymbolicTensor;
}

/** In the order in which an image passes them. Linear layers (MobileNetV2's bottlenecks) and upsampling have none. */
export function activatedLayers(model: tf.LayersModel): ActivatedLayer[] {
  const kernels = new Set(
    model.weights.map(({ originalName }) => originalName).filter((name) => name.endsWith("/kernel")),
  );
  return model.layers.flatMap((layer) => {
    const block = placeOf(`${layer.name}/`);
    if (block === null || !isActivated(layer)) return [];
    const own = layer.name.replace(/\/relu$/, "");
    const kernel = [own, `${block}/conv2`, `${block}/conv`]
      .map((name) => `${name}/kernel`)
      .find((name) => kernels.has(name));
    return kernel === undefined
      ? []
      : [{ layer: layer.name, block, kernel, output: layer.output as tf.SymbolicTensor }];
  });
}

/** One layer of each block: the last, at the end of the block. */
export function depthsOf<Layer extends Pick<ActivatedLayer, "block">>(layers: readonly Layer[]): Layer[] {
  return [...new Map(layers.map((layer) => [layer.block, layer])).values()];
}

function isActivated(layer: tf.layers.Layer): boolean {
  if (layer.name.endsWith("/relu")) return true;
  return layer.getClassName() === "Conv2D" && layer.getConfig().activation === "relu";
}
