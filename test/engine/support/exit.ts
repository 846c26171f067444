/** @file Uses the engine and ends. */
import { initEngine } from "@tessera/engine/backend";

const { tf } = await initEngine({ threads: 2 });
tf.matMul(tf.ones([64, 64]), tf.ones([64, 64])).dataSync();
