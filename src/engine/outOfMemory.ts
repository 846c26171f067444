/** @file Memory that TensorFlow asked for and was not given: an error of the operation, where it could still say so. */
import { EngineError } from "./errors.ts";

/** TensorFlow's status code RESOURCE_EXHAUSTED. */
const resourceExhausted = 8;

/** For a buffer that TensorFlow did not get: writing there would end the process. */
export const bufferRefused = (shape: readonly number[], bytes: number): EngineError =>
  new EngineError("OPERATION_FAILED", `Making a tensor: OOM when allocating ${bytes} bytes for shape [${shape}]`, {
    operation: "Making a tensor",
    tensorflowCode: resourceExhausted,
  });

/** Also where JavaScript itself could not get the array for a tensor's values. */
export function isOutOfMemory(error: unknown): boolean {
  if (error instanceof RangeError) return /array buffer allocation failed/i.test(error.message);
  return error instanceof EngineError && error.details.tensorflowCode === resourceExhausted;
}
