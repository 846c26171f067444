import * as tf from "@tensorflow/tfjs";
import { initEngine } from "@tessera/engine/backend";
import { compile } from "@tessera/engine/graph/compile";
import { memoryUse } from "@tessera/engine/memory";
import { Adam } from "@tessera/engine/optimizers/adam";
import { beforeAll, describe, expect, it } from "vitest";
import { inputs, losses, network, thrown, trainingStep } from "./support/regression.ts";

beforeAll(() => initEngine({ threads: 1 }));

describe("Adam's state", () => {
  it("is named by order alone", () => {
    const names = () => {
      const optimizer = new Adam({ learningRate: 0.01 });
      losses(trainingStep(network(), optimizer), 1);
      return optimizer.state().map(({ name, shape }) => ({ name, shape }));
    };
    const first = names();
    expect(names()).toEqual(first);
    expect(first.slice(0, 6)).toEqual([
      { name: "learningRate", shape: [] },
      { name: "beta1Power", shape: [] },
      { name: "beta2Power", shape: [] },
      { name: "iterations", shape: [] },
      { name: "0000/firstMoment", shape: [4, 8] },
      { name: "0000/secondMoment", shape: [4, 8] },
    ]);
  });

  it.each([true, false])("continues exactly, loaded before the first step and after one (compiled: %s)", (compiled) => {
    const batch = inputs();
    const model = network();
    const optimizer = new Adam({ learningRate: 0.01 });
    const wrap = compiled ? compile : (step: ReturnType<typeof trainingStep>) => step;
    const step = wrap(trainingStep(model, optimizer));
    losses(step, 3, batch);
    const weights = model.getWeights().map((weight) => weight.clone());
    const state = optimizer.state();
    const expected = losses(step, 3, batch);

    model.setWeights(weights); // back, in the same optimiser
    optimizer.loadState(state);
    expect(losses(step, 3, batch)).toEqual(expected);
    expect(optimizer.iterations).toBe(6);

    const other = network();
    const fresh = new Adam({ learningRate: 0.5 });
    fresh.loadState(state);
    expect(fresh.state()).toEqual(state); // not lost while no variable is known
    other.setWeights(weights);
    expect(losses(wrap(trainingStep(other, fresh)), 3, batch)).toEqual(expected);
  });

  it("that does not fit is refused, and nothing changes", () => {
    const optimizer = new Adam({ learningRate: 0.01 });
    losses(trainingStep(network(), optimizer), 1);
    const state = optimizer.state();
    const reshaped = state.map((tensor) =>
      tensor.name === "0000/firstMoment" ? { ...tensor, shape: [8, 4] } : tensor,
    );
    const unknown = [...state, { name: "momentum", shape: [], data: Float32Array.of(1) }];
    const half = state.filter(({ name }) => name !== "0000/secondMoment");
    for (const bad of [[], state.slice(1), reshaped, unknown, half]) {
      expect(thrown(() => optimizer.loadState(bad))).toMatchObject({ code: "BAD_STATE" });
    }
    expect(optimizer.state()).toEqual(state);
  });

  it("is freed by dispose", () => {
    const model = network();
    const batch = inputs();
    const useOnce = () => {
      const optimizer = new Adam({ learningRate: 0.01 });
      losses(trainingStep(model, optimizer), 2, batch);
      optimizer.dispose();
    };
    useOnce(); // uploads weights and batch, which get handles then
    const { tensors, handles } = memoryUse();
    useOnce();
    expect(memoryUse()).toMatchObject({ tensors, handles });
  });
});

it("leaves a variable without a gradient alone", () => {
  const [used, unused] = [tf.variable(tf.scalar(1)), tf.variable(tf.scalar(1))];
  const optimizer = new Adam({ learningRate: 0.1 });
  optimizer.applyGradients([{ name: used.name, tensor: tf.scalar(1) }]);
  expect(used.dataSync()[0]).toBeCloseTo(1 - 0.1, 5);
  expect(unused.dataSync()[0]).toBe(1);
});
