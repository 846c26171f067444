/** @file What would train here, for the list of workers. */
import { initEngine } from "@tessera/engine/backend";

/** Starts the engine. @throws EngineError that says what is missing */
export async function describeEngine(): Promise<{ readonly device: string; readonly version: string }> {
  const { device, gpu, version } = await initEngine({ threads: 1 });
  return { device: gpu === null ? device : `${device}: ${gpu}`, version: `TensorFlow ${version}` };
}
