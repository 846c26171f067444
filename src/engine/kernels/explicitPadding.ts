/**
 * @file Convolution and max pooling with padding given in pixels, forward and backward, as one operation each.
 *
 * tfjs-node's kernels know "same" and "valid" only (the forward convolution also a list of paddings), and "same" is not
 * PyTorch's padding: at stride 2 TensorFlow pads the right and bottom sides more. TensorFlow's operations take any padding.
 */
import * as tf from "@tensorflow/tfjs";
import { ATTR, FLOAT } from "../dataTypes.ts";
import type { NodeBackend, OpAttribute, TensorLike } from "../tfjsInternals.ts";

type Conv2DInfo = tf.backend_util.Conv2DInfo;
type Inputs = Readonly<Record<string, TensorLike>>;
type Shape4D = [number, number, number, number];

/** The attributes of TensorFlow.js' kernels, as far as they are read here. */
interface Attributes {
  readonly filterSize: number | [number, number];
  readonly strides: number | [number, number];
  readonly dilations?: number | [number, number];
  readonly pad: "same" | "valid" | number | tf.backend_util.ExplicitPadding;
  readonly dataFormat?: "NHWC" | "NCHW";
  readonly dimRoundingMode?: "floor" | "round" | "ceil";
  readonly inputShape: Shape4D;
  readonly filterShape: Shape4D;
}

interface Operation {
  readonly info: Conv2DInfo;
  readonly inputs: () => TensorLike[];
}

const shape = (tensor: TensorLike | undefined): Shape4D => tensor!.shape as Shape4D;
const sizes = (values: Shape4D): tf.Tensor => tf.tensor1d(values, "int32");

function convolution(input: Shape4D, filter: Shape4D, attributes: Attributes): Conv2DInfo {
  const { strides, pad, dilations = 1, dimRoundingMode } = attributes;
  return tf.backend_util.computeConv2DInfo(input, filter, strides, dilations, pad, dimRoundingMode);
}

function pooling(input: Shape4D, { filterSize, strides, pad, dimRoundingMode }: Attributes): Conv2DInfo {
  return tf.backend_util.computePool2DInfo(input, filterSize, strides, 1, pad, dimRoundingMode);
}

/** TensorFlow's operation of the same name: its inputs, and what they say of the geometry. */
const operations: Readonly<Record<string, (inputs: Inputs, attributes: Attributes) => Operation>> = {
  Conv2D: ({ x, filter }, attributes) => ({
    info: convolution(shape(x), shape(filter), attributes),
    inputs: () => [x!, filter!],
  }),
  Conv2DBackpropInput: ({ dy, filter }, attributes) => ({
    info: convolution(attributes.inputShape, shape(filter), attributes),
    inputs: () => [sizes(attributes.inputShape), filter!, dy!],
  }),
  Conv2DBackpropFilter: ({ x, dy }, attributes) => ({
    info: convolution(shape(x), attributes.filterShape, attributes),
    inputs: () => [x!, sizes(attributes.filterShape), dy!],
  }),
  MaxPool: ({ x }, attributes) => ({ info: pooling(shape(x), attributes), inputs: () => [x!] }),
  MaxPoolGrad: ({ dy, input, output }, attributes) => ({
    info: pooling(shape(input), attributes),
    inputs: () => [input!, output!, dy!],
  }),
};

/** TensorFlow rounds a size down; where TensorFlow.js is told to round up, more padding makes room for the last window. */
const after = (padding: number, out: number, stride: number, missing: number): number =>
  Math.max(padding, (out - 1) * stride + missing);

function opAttributes(kernelName: string, info: Conv2DInfo): OpAttribute[] {
  const { top, left } = info.padInfo;
  const bottom = after(
    info.padInfo.bottom,
    info.outHeight,
    info.strideHeight,
    info.effectiveFilterHeight - info.inHeight - top,
  );
  const right = after(
    info.padInfo.right,
    info.outWidth,
    info.strideWidth,
    info.effectiveFilterWidth - info.inWidth - left,
  );
  const geometry: OpAttribute[] = kernelName.startsWith("MaxPool")
    ? [{ name: "ksize", type: ATTR.int, value: [1, info.filterHeight, info.filterWidth, 1] }]
    : [{ name: "dilations", type: ATTR.int, value: [1, info.dilationHeight, info.dilationWidth, 1] }];
  return [
    { name: "T", type: ATTR.type, value: FLOAT },
    { name: "strides", type: ATTR.int, value: [1, info.strideHeight, info.strideWidth, 1] },
    { name: "padding", type: ATTR.string, value: "EXPLICIT" },
    { name: "explicit_paddings", type: ATTR.int, value: [0, 0, top, bottom, left, right, 0, 0] },
    { name: "data_format", type: ATTR.string, value: "NHWC" },
    ...geometry,
  ];
}

/** Replaces the kernels; "same", "valid", 0 and channels first go to those that they replace. */
export function installExplicitPaddingKernels(): void {
  for (const [kernelName, operationOf] of Object.entries(operations)) {
    const original = tf.getKernel(kernelName, "tensorflow");
    tf.unregisterKernel(kernelName, "tensorflow");
    tf.registerKernel({
      ...original,
      kernelFunc: (call) => {
        const attributes = call.attrs as unknown as Attributes;
        if (typeof attributes.pad === "string" || attributes.dataFormat === "NCHW") return original.kernelFunc(call);
        const { info, inputs } = operationOf(call.inputs as unknown as Inputs, attributes);
        if (info.padInfo.type === "VALID") return original.kernelFunc(call);
        const backend = call.backend as NodeBackend<unknown>;
        return tf.tidy(() => backend.executeSingleOutput(kernelName, opAttributes(kernelName, info), inputs()));
      },
    });
  }
}
