/**
 * @file The model, its optimiser and its two compiled steps, behind plain arrays.
 *
 * With accumulation a batch goes through the model in parts, and the last part updates the weights. With averaged weights
 * (EMA) a second model holds them: the first is trained, the second is scored. In co-teaching a second network is trained
 * with the first (coTeaching.ts), and the first alone is scored.
 */
import * as tf from "@tensorflow/tfjs";
import { nodeBackend } from "@tessera/engine/backend";
import { compile } from "@tessera/engine/graph/compile";
import { keyedRandom } from "@tessera/models/augmentation/random";
import { readingWeights, readWeights, weightVariables, writeWeights } from "@tessera/models/weights/named";
import type { StartPart } from "@tessera/models/weights/start";
import { copyWeights, type Transfer } from "@tessera/models/weights/transfer";
import type { Batch } from "./batch.ts";
import { batchParts } from "./batchParts.ts";
import type { BatchTensors } from "./batchTensors.ts";
import { itemsAtOnce, networkSteps } from "./networkSteps.ts";
import type { NamedTensor } from "./safetensors.ts";
import { scoringInParts, tensorsOf } from "./scoringInParts.ts";
import type { Task } from "./task.ts";
import { atOnce, inTurns } from "./turns.ts";

export type { Batch };

export interface Scored {
  /** [items, ...truthShape of the task] */
  readonly probabilities: Float32Array;
  /** Mean over the batch. */
  readonly loss: number;
}

export interface NetworkState {
  readonly weights: ReadonlyMap<string, NamedTensor>;
  /** The averaged weights, where the configuration asks for them: these are scored. */
  readonly average?: ReadonlyMap<string, NamedTensor>;
  readonly optimizer: ReadonlyMap<string, NamedTensor>;
}

export interface Network {
  /**
   * One update of the weights. The event loop is free meanwhile.
   * @param number of the step, from 0, over all epochs: what it draws for dropout depends on it and the seed alone
   * @returns the loss before it, mean over the batch's parts
   */
  step(batch: Batch, learningRate: number, number: number): Promise<number>;
  /** Probabilities and loss with batch-norm averages, of the averaged weights where there are any; changes nothing. */
  score(batch: Batch): Promise<Scored>;
  state(): NetworkState;
  /** As `state`, with turns of the event loop between tensors; no step may run meanwhile. */
  stateInTurns(): Promise<NetworkState>;
  load(state: NetworkState): void;
  /** Weights only, the averaged ones too; the optimiser starts anew. */
  loadWeights(weights: ReadonlyMap<string, NamedTensor>): void;
  transfer(weights: ReadonlyMap<string, NamedTensor>, part: StartPart): Transfer;
  dispose(): void;
}

/** Apart from the streams of items and of shuffles. */
const dropoutIndex = 0xfffffffd;

/** State of a GraphRandom: another stream for every step. */
const drawsFrom = (seed: number, step: number): Int32Array =>
  Int32Array.of(2 ** 32 * keyedRandom({ seed, epoch: step, index: dropoutIndex })(), 0);

/** The second network's weights are kept beside the optimiser's state: nothing but going on with the run needs them. */
const peerPrefix = "peer/";

export function openNetwork(task: Task, seed: number): Network {
  const { configuration, truthShape } = task;
  const perItem = truthShape.reduce((product, side) => product * side, 1);
  const most = itemsAtOnce(configuration);
  const { model, averaged, peer, rule, random, train, score, parts } = networkSteps(task, seed);
  const maxTraces = Math.max(8, task.recordings * 2); // an update that waits for more parts is recorded apart
  const trainStep = compile(train, { precision: configuration.precision, maxTraces });
  const scoreStep = compile(score, { maxTraces });
  const partSteps = parts && scoringInParts(parts, maxTraces);

  async function withTensors<T>(
    { items, inputs, truth, weights, kept }: Batch,
    use: (batch: BatchTensors) => Promise<T>,
  ): Promise<T> {
    const batch = {
      inputs: tensorsOf(inputs, items),
      truth: tf.tensor(truth, [items, ...truthShape]),
      ...(weights && { weights: tf.tensor(weights, [items, ...truthShape]) }),
      ...(kept !== undefined && { kept: tf.scalar(kept) }),
    };
    try {
      return await use(batch);
    } finally {
      tf.dispose(batch);
    }
  }

  const trainPart = (part: Batch, last: boolean) =>
    withTensors(part, async (batch) => {
      const result = await trainStep.async(batch, last);
      const [value] = await result.data<"float32">();
      result.dispose();
      return value!;
    });
  /** @returns the loss; the probabilities go `into` their place */
  const scorePart = (part: Batch, into: Float32Array) => {
    const cut = parts?.cut(part.inputs, part.items) ?? [];
    return withTensors(cut.length > 1 ? { ...part, inputs: [] } : part, async (batch) => {
      const result = await (cut.length > 1 ? partSteps!.score(cut, part.items, batch) : scoreStep.async(batch));
      const [value] = await result.loss.data<"float32">();
      into.set(await result.probabilities.data<"float32">());
      tf.dispose([result.loss, result.probabilities]);
      return value!;
    });
  };

  const network: Network = {
    async step(batch, learningRate, number) {
      rule.setLearningRate(learningRate);
      random.loadState(drawsFrom(seed, number));
      const parts = batchParts(batch, most);
      let sum = 0;
      for (const [place, part] of parts.entries()) sum += await trainPart(part, place === parts.length - 1);
      return sum / parts.length;
    },
    async score(batch) {
      const probabilities = new Float32Array(batch.items * perItem);
      let [sum, done] = [0, 0];
      for (const part of batchParts(batch, most)) {
        sum += (await scorePart(part, probabilities.subarray(done * perItem))) * part.items;
        done += part.items;
      }
      return { probabilities, loss: sum / done };
    },
    state: () => atOnce(reading()),
    stateInTurns: () => inTurns(reading()),
    load(state) {
      writeWeights(model, state.weights);
      if (averaged) writeWeights(averaged, state.average ?? state.weights);
      upload();
      const ofPeer = (name: string) => name.startsWith(peerPrefix);
      const saved = [...state.optimizer].map(([name, tensor]) => ({ name, ...tensor }));
      if (peer) {
        const own = saved.filter(({ name }) => ofPeer(name));
        writeWeights(peer, new Map(own.map(({ name, ...tensor }) => [name.slice(peerPrefix.length), tensor])));
      }
      rule.loadState(saved.filter(({ name }) => !ofPeer(name)));
    },
    loadWeights(weights) {
      writeWeights(model, weights);
      if (averaged) writeWeights(averaged, weights);
    },
    transfer(weights, part) {
      const transfer = copyWeights(weights, model, part);
      if (averaged) writeWeights(averaged, readWeights(model));
      if (peer) copyWeights(weights, peer, part);
      return transfer;
    },
    dispose() {
      trainStep.dispose();
      scoreStep.dispose();
      partSteps?.dispose();
      rule.dispose();
      model.dispose();
      averaged?.dispose();
      random.dispose();
      peer?.dispose();
    },
  };
  return network;

  /** Now, and not at the first step, whose dispatch is to be short. */
  function upload(): void {
    for (const each of [model, averaged, peer])
      if (each) nodeBackend().getInputTensorIds([...weightVariables(each).values()]);
  }

  function* reading(): Generator<void, NetworkState> {
    const weights = yield* readingWeights(model);
    const average = averaged === null ? null : yield* readingWeights(averaged);
    const saved = new Map<string, NamedTensor>();
    for (const { name, shape, data } of rule.tensors()) {
      saved.set(name, { shape, data });
      yield;
    }
    if (peer) for (const [name, weight] of yield* readingWeights(peer)) saved.set(peerPrefix + name, weight);
    return { weights, ...(average && { average }), optimizer: saved };
  }
}
