/**
 * @file The model, its optimiser and its two compiled steps, behind plain arrays.
 *
 * A step's first call runs eagerly while it is recorded, and may differ in the last bits from the calls after it. So both
 * steps are recorded on zeros before anything counts, and the state is put back: every step that counts runs the record,
 * in a first process and in one that resumes.
 */
import * as tf from "@tensorflow/tfjs";
import type { SegmentationConfiguration } from "@tessera/domain/configuration/segmentation";
import { compile } from "@tessera/engine/graph/compile";
import { Adam } from "@tessera/engine/optimizers/adam";
import { lossFor } from "@tessera/models/losses/byName";
import { unet } from "@tessera/models/segmentation/unet";
import { readWeights, trainableVariables, writeWeights } from "@tessera/models/weights/named";
import { copyWeights, type Transfer } from "@tessera/models/weights/transfer";
import type { NamedTensor } from "./safetensors.ts";

/** One batch as the model takes it. */
export interface Batch {
  readonly items: number;
  /** [items, size, size, 3], normalised. */
  readonly images: Float32Array;
  /** [items, size, size, 1], 0 or 1. */
  readonly masks: Float32Array;
}

export interface Scored {
  /** [items, size, size], 0 or 1: probability >= threshold. */
  readonly masks: Uint8Array;
  /** Mean over the batch. */
  readonly loss: number;
}

export interface NetworkState {
  readonly weights: ReadonlyMap<string, NamedTensor>;
  readonly optimizer: ReadonlyMap<string, NamedTensor>;
}

export interface Network {
  /** One optimiser step. The event loop is free meanwhile. @returns the loss before the step */
  step(batch: Batch, learningRate: number): Promise<number>;
  /** Prediction and loss with batch-norm averages; changes nothing. */
  score(batch: Batch): Promise<Scored>;
  state(): NetworkState;
  load(state: NetworkState): void;
  /** Weights only; the optimiser starts anew. */
  loadWeights(weights: ReadonlyMap<string, NamedTensor>): void;
  transfer(weights: ReadonlyMap<string, NamedTensor>, part: "encoder" | "all"): Transfer;
  dispose(): void;
}

/**
 * @param scoreSizes the batch sizes that `score` will be called with
 */
export function openNetwork(
  configuration: SegmentationConfiguration,
  seed: number,
  scoreSizes: readonly number[],
): Network {
  const { size } = configuration.model;
  const model = unet(configuration.model, seed);
  const loss = lossFor(configuration.loss);
  const optimizer = new Adam({ learningRate: configuration.optimizer.learningRate });
  const variables = trainableVariables(model);

  const trainStep = compile((images: tf.Tensor4D, masks: tf.Tensor4D) =>
    tf.tidy(
      () =>
        optimizer.minimize(
          () => loss(model.apply(images, { training: true }) as tf.Tensor, masks),
          true,
          variables,
        ) as tf.Scalar,
    ),
  );
  const scoreStep = compile((images: tf.Tensor4D, masks: tf.Tensor4D) =>
    tf.tidy(() => {
      const logits = model.apply(images, { training: false }) as tf.Tensor; //        [b, s, s, 1]
      const masked = logits.sigmoid().greaterEqual(configuration.threshold); //       [b, s, s, 1] bool
      return { masked, loss: loss(logits, masks) };
    }),
  );

  async function withTensors<T>(
    { items, images, masks }: Batch,
    use: (images: tf.Tensor4D, masks: tf.Tensor4D) => Promise<T>,
  ): Promise<T> {
    const x = tf.tensor4d(images, [items, size, size, 3]);
    const y = tf.tensor4d(masks, [items, size, size, 1]);
    try {
      return await use(x, y);
    } finally {
      tf.dispose([x, y]);
    }
  }

  const network: Network = {
    step: (batch, learningRate) =>
      withTensors(batch, async (images, masks) => {
        optimizer.setLearningRate(learningRate);
        const result = await trainStep.async(images, masks);
        const [value] = await result.data<"float32">();
        result.dispose();
        return value!;
      }),
    score: (batch) =>
      withTensors(batch, async (images, masks) => {
        const result = await scoreStep.async(images, masks);
        const [value] = await result.loss.data<"float32">();
        const predicted = Uint8Array.from(await result.masked.data());
        tf.dispose([result.loss, result.masked]);
        return { masks: predicted, loss: value! };
      }),
    state: () => ({
      weights: readWeights(model),
      optimizer: new Map(optimizer.state().map(({ name, shape, data }) => [name, { shape, data }])),
    }),
    load(state) {
      writeWeights(model, state.weights);
      optimizer.loadState([...state.optimizer].map(([name, tensor]) => ({ name, ...tensor })));
    },
    loadWeights: (weights) => writeWeights(model, weights),
    transfer: (weights, part) => copyWeights(weights, model, part),
    dispose() {
      trainStep.dispose();
      scoreStep.dispose();
      optimizer.dispose();
      model.dispose();
    },
  };
  record();
  return network;

  function record(): void {
    const start = network.state();
    const zeros = (items: number) => [tf.zeros([items, size, size, 3]), tf.zeros([items, size, size, 1])] as const;
    tf.tidy(() => {
      trainStep(...(zeros(configuration.batchSize) as unknown as [tf.Tensor4D, tf.Tensor4D]));
      for (const items of new Set(scoreSizes)) scoreStep(...(zeros(items) as unknown as [tf.Tensor4D, tf.Tensor4D]));
    });
    network.load(start);
  }
}
