/** @file Specs of tfjs-core that fail on our back end, each group with what it fails of and why it stays. */
import type { Exclusion } from "./judge.ts";

export const eagerExclusions: readonly Exclusion[] = [
  {
    specs:
      /^(bitwiseAnd|denseBincount|image\.transform|(lower|upper)Bound|searchSorted|maxPoolWithArgmax|ragged\w+|sparse(FillEmptyRows|Reshape|Segment\w+)|stringNGrams|stringSplit|stringToHashBucketFast) /,
    failure: /Kernel '\w+' not registered for backend 'tensorflow'/,
    count: 179,
    reason: "tfjs-node has no such kernel, and nothing of ours calls it",
  },
  {
    specs: /^(avgPool|avgPool3d|maxPool3d|pool) .*(p=|pad|fractional)/,
    failure: /supports only 'valid' and 'same' padding/,
    count: 16,
    reason: "TensorFlow's average and 3-D pooling take no padding in pixels",
  },
  {
    specs: /^(maxPool|pool) .*(s=3|f=\[1,1\])/,
    failure: /MaxPool: \w+ padding \d needs to be smaller than the window size/,
    count: 5,
    reason: "TensorFlow refuses a maximum over a window that is all padding",
  },
  {
    specs: /^avgPool3d .* x=\[1,1,1,1,1\] f=\[1,1,3\] s=1 p=valid/,
    failure: /output size would be negative/,
    count: 1,
    reason: "TensorFlow refuses a window larger than the input, TensorFlow.js gives an empty tensor",
  },
  {
    specs: /^conv2dTranspose .* input=8x8x8,output=4x4x8,f=8,s=1,inDepth=8,p=same vec4/,
    failure: /could not create a primitive descriptor/,
    count: 1,
    reason: "the sizes contradict each other (8 × 8 to 4 × 4 at stride 1, padding same); oneDNN refuses them",
  },
  {
    specs: /^fused conv2d .* NCHW/,
    failure: /FusedConv2D does not support dataFormat:'NCHW'/,
    count: 22,
    reason: "tfjs-node's fused convolution is channels-last; ours are not fused",
  },
  {
    specs:
      /^(diag .* bool|leakyrelu .* int32|step kernel .* int32|(greater|less)(Equal)? .* should support string comparison)/,
    failure: /Value for attr 'T' of (bool|int32|string) is not in the list of allowed values/,
    count: 7,
    reason: "TensorFlow's operation does not take the type",
  },
  {
    specs: /^scatterND .* (should work for|should sum the duplicated)/,
    failure: /must match dimensions .* of updates/,
    count: 5,
    reason: "the updates' last dimension is 1, which TensorFlow does not broadcast",
  },
  {
    specs: /^sign /,
    failure: /= NaN, expected\[\d\] = 0/,
    count: 3,
    reason: "the sign of NaN is NaN in TensorFlow, 0 in TensorFlow.js",
  },
  {
    specs: /^unique .* 1d tensor with NaN and Infinity/,
    failure: /to equal 2/,
    count: 1,
    reason: "NaN equals NaN in TensorFlow.js' unique, not in TensorFlow's",
  },
  {
    specs: /^einsum .* (duplicate axes|nonexistent dimension)/,
    failure: /Expected function to throw/,
    count: 2,
    reason: "TensorFlow computes equations that TensorFlow.js refuses",
  },
  {
    specs: /^tan .* numbers exceed float32 precision/,
    failure: /= 30144\.17\d+, expected\[2\] = 30144\.17/,
    count: 1,
    reason: "one unit in the last place of a float32 is more than the absolute tolerance there",
  },
  {
    specs: /^multinomial .* creates the same data given the same seed/,
    failure: /Arrays differ/,
    count: 1,
    reason: "TensorFlow goes on with the generator of an equal earlier operation; ours draw by GraphRandom",
  },
  {
    specs: /^step kernel .* propagates NaNs/,
    failure: /= 0, expected\[4\] = NaN/,
    count: 1,
    reason: "our own kernel (kernels/step.ts): the step of NaN is 0",
  },
];

/** Those of the run inside compile(). */
export const compiledExclusions: readonly Exclusion[] = [
  ...eagerExclusions,
  {
    specs: /^gather .* throws when index is out of bound/,
    failure: /GatherV2: indices\[0\] = 100 is not in \[0, 2\)/,
    count: 1,
    reason: "in a recorded step TensorFlow refuses the index, in its own words",
  },
  {
    specs: /^softmax .* Propagates NaNs/,
    failure: /= 0, expected\[0\] = NaN/,
    count: 1,
    reason: "oneDNN's softmax, which TensorFlow takes in graphs, keeps NaN where it is; the other shares are 0",
  },
];
