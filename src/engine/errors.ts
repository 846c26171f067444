/** @file The one table of what can go wrong in the engine, and the error that carries it. */
export const engineErrorCodes = {
  LIBRARY_NOT_FOUND: "The TensorFlow library is not where it should be",
  LIBRARY_UNUSABLE: "The TensorFlow library is there and cannot be loaded",
  ENGINE_STARTED: "The engine runs already, with other options; they are fixed for the life of a process",
  ENGINE_NOT_STARTED: "initEngine has not been called in this process",
  NO_DEVICE: "The device asked for is not usable on this machine",
  OPERATION_FAILED: "TensorFlow refused an operation",
  BAD_TENSOR: "Values, shape and type of a tensor do not fit together, or the tensor is gone",
  READ_IN_STEP: "A compiled step reads a value",
  RANDOM_IN_STEP: "A compiled step draws random numbers in JavaScript",
  PROMISE_IN_STEP: "A compiled step is asynchronous",
  BAD_ARGUMENT: "A compiled step was given something that is neither a tensor nor plain data",
  VARIABLE_DISPOSED: "A variable that a compiled step uses is disposed",
  VARIABLE_ASSIGNED: "A variable was assigned while a step that uses it was running",
  STEP_RUNNING: "A compiled step is still running",
  BAD_ATTRIBUTE: "An operation lacks an attribute",
  SHAPE_UNKNOWN: "A size in a step follows from values, so its memory cannot be planned",
  BAD_STATE: "A saved optimiser state does not fit",
} as const;

export type EngineErrorCode = keyof typeof engineErrorCodes;

/** `message` says what happened and what to do. `details` holds the same facts as data. */
export class EngineError extends Error {
  override readonly name = "EngineError";
  readonly code: EngineErrorCode;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: EngineErrorCode, message: string, details: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.code = code;
    this.details = details;
  }
}
