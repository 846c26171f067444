/**
 * @file Dual-stream multiple-instance learning: the most telling tile, and a bag vector in which tiles weigh by their likeness to it.
 *
 *   inputs   tiles [batch, tiles, features], mask [batch, tiles] (1 tile, 0 padding)
 *   outputs  logits [batch, classes], the mean of the streams'; attention [batch, classes, tiles]; then each stream's own logits, for the
 *            loss: instances [batch, classes], bag [batch, classes]
 *
 * Source: DSMIL, Li, Li & Eliceiri 2021, arXiv:2011.08939, section 3.2; queries and values as in the authors' program: a layer with ReLU and
 * one with tanh, and the tiles themselves. Differs: the streams' logits are averaged for the prediction, where the program averages
 * their probabilities; no contrastive training of the features.
 */
import * as tf from "@tensorflow/tfjs";
import type { DualStreamMilModel } from "@tessera/domain/configuration/mil";
import { Pointwise } from "../layers/affine.ts";
import { BagPooling } from "../layers/bagPooling.ts";
import { ClassVectors, CriticalAttention } from "../layers/criticalAttention.ts";
import type { DropoutSource } from "../layers/dropout.ts";
import { heNormal, layerSeed, leCunNormal } from "../layers/initial.ts";
import { apply } from "../layers/symbolic.ts";
import { bagInput } from "./bag.ts";

/** Layers: "encoder", "instances", "query/first", "query/second", "head". @throws DomainError BAD_INPUT as `bagInput` */
export function dualStreamMil(model: DualStreamMilModel, seed: number, random?: DropoutSource): tf.LayersModel {
  const { tiles, mask, encoded, width } = bagInput(model, seed, random);
  const { classes, hidden } = model;
  const pointwise = (
    name: string,
    fanIn: number,
    units: number,
    activation: "relu" | "tanh" | "linear",
    place: number,
  ) => {
    const kernelInitializer = (activation === "relu" ? heNormal : leCunNormal)(fanIn, layerSeed(seed, place));
    return new Pointwise({ name, units, activation, kernelInitializer });
  };
  const tileLogits = apply(pointwise("instances", width, classes, "linear", 1), encoded); //     [b, t, classes]
  const instances = apply(new BagPooling({ name: "critical", pooling: "max" }), [tileLogits, mask]); // [b, classes]

  const first = apply(pointwise("query/first", width, hidden, "relu", 2), encoded); //           [b, t, hidden]
  const queries = apply(pointwise("query/second", hidden, hidden, "tanh", 3), first); //         [b, t, hidden]
  const attention = apply(new CriticalAttention({ name: "attention" }), [queries, tileLogits, mask]); // [b, classes, t]
  const vectors = apply(new ClassVectors({ name: "vectors" }), [attention, encoded]); //         [b, classes, width]
  const flat = apply(tf.layers.reshape({ name: "flat", targetShape: [classes * width] }), vectors);
  const kernelInitializer = leCunNormal(classes * width, layerSeed(seed, 4));
  const bag = apply(tf.layers.dense({ name: "head", units: classes, kernelInitializer }), flat); // [b, classes]
  const logits = apply(tf.layers.average({ name: "logits" }), [instances, bag]);
  return tf.model({ name: "dualStreamMil", inputs: [tiles, mask], outputs: [logits, attention, instances, bag] });
}
