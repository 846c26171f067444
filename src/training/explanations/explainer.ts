/** @file Heat maps of one classifier on plain arrays, by compiled steps. */
import * as tf from "@tensorflow/tfjs";
import type { Baseline, HeatmapMethod } from "@tessera/domain/inspections/heatmaps";
import { compile } from "@tessera/engine/graph/compile";
import { baselineOf } from "@tessera/models/explanations/baseline";
import { explainable } from "@tessera/models/explanations/explainable";
import { type IntegrationSteps, integratedGradients } from "@tessera/models/explanations/integratedGradients";
import { type OcclusionSquares, occlusion, usualSquares } from "@tessera/models/explanations/occlusion";

export interface HeatMap {
  /** [size*size], row by row; signed but for Grad-CAM. */
  readonly values: Float32Array;
  /** Of integrated gradients: what completeness lacks, and the steps that it took. */
  readonly integration: { readonly steps: number; readonly difference: number; readonly missing: number } | null;
}

export interface ExplainerOptions {
  readonly baseline: Baseline;
  readonly integration: IntegrationSteps;
  /** Of occlusion; absent: an eighth of the side, moved by half of it. */
  readonly squares?: OcclusionSquares;
}

export type Explain = (image: Float32Array, classIndex: number) => Promise<HeatMap>;

export interface Explainer {
  readonly methods: Readonly<Record<HeatmapMethod, Explain>>;
  /** [classes] of each image. */
  logits(images: readonly Float32Array[]): Promise<Float32Array[]>;
  /** Frees the compiled steps; the model is the caller's. */
  dispose(): void;
}

/**
 * Weights that are set in the model later count.
 * @throws DomainError BAD_INPUT when the model is no classifier
 */
export function openExplainer(model: tf.LayersModel, options: ExplainerOptions): Explainer {
  const { baseline, integration } = options;
  const network = explainable(model);
  const { size, classes } = network;
  const steps = {
    logit: compile(network.logit),
    gradient: compile(network.gradient),
    gradCam: compile(network.gradCam),
    logits: compile((images: tf.Tensor4D) => tf.tidy(() => model.apply(images, { training: false }) as tf.Tensor2D)),
  };

  async function values(images: readonly Float32Array[], step: (images: tf.Tensor4D) => Promise<tf.Tensor>) {
    const all = new Float32Array(images.length * size * size * 3);
    for (const [place, image] of images.entries()) all.set(image, place * image.length);
    const tensor = tf.tensor4d(all, [images.length, size, size, 3]);
    const result = await step(tensor);
    const data = await result.data<"float32">();
    tf.dispose([tensor, result]);
    const each = data.length / images.length;
    return images.map((_, place) => data.slice(place * each, (place + 1) * each));
  }
  const chosenValues = async (
    step: (images: tf.Tensor4D, chosen: tf.Tensor2D) => Promise<tf.Tensor>,
    images: readonly Float32Array[],
    classIndex: number,
  ) => {
    const chosen = tf.tidy(() =>
      tf.oneHot(tf.fill([images.length], classIndex, "int32"), classes).toFloat(),
    ) as tf.Tensor2D;
    try {
      return await values(images, (tensor) => step(tensor, chosen));
    } finally {
      chosen.dispose();
    }
  };
  const logitsOf = (classIndex: number) => async (images: readonly Float32Array[]) =>
    (await chosenValues(steps.logit.async, images, classIndex)).map(([value]) => value!);

  return {
    methods: {
      async gradCam(image, classIndex) {
        const [map] = await chosenValues(steps.gradCam.async, [image], classIndex);
        return { values: map!, integration: null };
      },
      async integratedGradients(image, classIndex) {
        const path = {
          gradients: (points: readonly Float32Array[]) => chosenValues(steps.gradient.async, points, classIndex),
          logits: logitsOf(classIndex),
        };
        const { map, ...rest } = await integratedGradients(path, image, baselineOf(image, baseline), integration);
        return { values: map, integration: rest };
      },
      async occlusion(image, classIndex) {
        const squares = options.squares ?? usualSquares(size);
        const map = await occlusion(logitsOf(classIndex), image, baselineOf(image, baseline), squares);
        return { values: map, integration: null };
      },
    },
    logits: (images) => values(images, steps.logits.async),
    dispose() {
      for (const step of Object.values(steps)) step.dispose();
    },
  };
}
