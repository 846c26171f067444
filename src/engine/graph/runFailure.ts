/** @file What TensorFlow says of a failed run of a recorded step, told of the operation that failed. */
import { EngineError } from "../errors.ts";

/** TensorFlow's words, and the node (functionDef.ts) that failed. */
const failure = /\{\{function_node \w+\}\} (.*)\n\t \[\[\{\{node (\w+)_\d+\}\}\]\]/s;

/** As an operation that fails outside of a step says it; unchanged where TensorFlow names no node. */
export function ofOperation(error: unknown): unknown {
  if (!(error instanceof EngineError)) return error;
  const [, words, operation] = failure.exec(error.message) ?? [];
  return operation === undefined
    ? error
    : new EngineError(error.code, `${operation}: ${words}`, { ...error.details, operation });
}
