/** @file The child of probeLibrary.ts: starts the engine on the device named as its argument, computes, and tells what came of it. */
import { initEngine } from "@tessera/engine/backend";
import { EngineError } from "@tessera/engine/errors";
import type { Device } from "@tessera/engine/library";
import type { ProbeAnswer } from "./probeLibrary.ts";

async function probe(device: Device): Promise<ProbeAnswer> {
  const start = performance.now();
  const { tf, version, gpu } = await initEngine({ device, threads: 1 });
  const [sum] = await tf.tidy(() => tf.matMul(tf.ones([64, 64]), tf.ones([64, 64])).sum()).data();
  if (sum !== 64 ** 3) throw new Error(`A product of matrices came out as ${sum} instead of ${64 ** 3}`);
  return {
    works: true,
    version,
    tensorflowJs: tf.version.tfjs,
    gpu,
    milliseconds: Math.round(performance.now() - start),
  };
}

probe(process.argv[2] as Device)
  .catch((error: Error): ProbeAnswer => {
    const { code, details } =
      error instanceof EngineError ? error : { code: null, details: {} as Record<string, unknown> };
    return { works: false, code, message: error.message, version: (details.tensorflow as string | undefined) ?? null };
  })
  .then((answer) => process.send!(answer, undefined, undefined, () => process.exit(0)));
