/**
 * @file TensorFlow's eager context: its devices, the operations that it runs on tensor handles, and the status that every
 * call reports to.
 */
import { setAttribute } from "./attributes.ts";
import type { CApi, Pointer } from "./capi.ts";
import { EngineError } from "./errors.ts";
import type { OpAttribute } from "./tfjsInternals.ts";

export class EagerContext {
  readonly c: CApi;
  readonly status: Pointer;
  readonly devices: readonly string[];
  /** The name of the first GPU, where there is one. */
  readonly gpu: string | undefined;
  private readonly context: Pointer;
  private readonly cStrings = new Map<string, Pointer>();
  private spareOp: Pointer = 0;

  /** @param config serialised ConfigProto */
  constructor(c: CApi, config: Uint8Array) {
    this.c = c;
    this.status = c.TF_NewStatus();
    const options = c.TFE_NewContextOptions();
    c.TFE_ContextOptionsSetConfig(options, config, config.length, this.status);
    this.check("The session configuration");
    this.context = c.TFE_NewContext(options, this.status);
    this.check("Starting TensorFlow");
    c.TFE_DeleteContextOptions(options);

    const list = c.TFE_ContextListDevices(this.context, this.status);
    this.check("Listing devices");
    const found = Array.from({ length: c.TF_DeviceListCount(list) }, (_, i) => ({
      name: c.TF_DeviceListName(list, i, this.status),
      type: c.TF_DeviceListType(list, i, this.status),
    }));
    c.TF_DeleteDeviceList(list);
    this.devices = found.map((device) => device.name);
    this.gpu = found.find((device) => device.type === "GPU")?.name;
  }

  /** @throws EngineError OPERATION_FAILED when the last call left an error; it is cleared. */
  check(what: string): void {
    const code = this.c.TF_GetCode(this.status);
    if (code === 0) return;
    const message = this.c.TF_Message(this.status);
    this.c.TF_SetStatus(this.status, 0, "");
    throw new EngineError("OPERATION_FAILED", `${what}: ${message}`, { operation: what, tensorflowCode: code });
  }

  /** C strings are made once and live as long as the process: names must outlive the call that passes them. */
  private readonly cString = (text: string): Pointer => {
    let pointer = this.cStrings.get(text);
    if (pointer === undefined) {
      pointer = this.c.strdup(text);
      this.cStrings.set(text, pointer);
    }
    return pointer;
  };

  /** @returns the handle on the GPU where there is one; `handle` is used up. */
  onDevice(handle: Pointer): Pointer {
    if (this.gpu === undefined) return handle;
    const moved = this.c.TFE_TensorHandleCopyToDevice(handle, this.context, this.gpu, this.status);
    this.c.TFE_DeleteTensorHandle(handle);
    this.check(`Copying a tensor to ${this.gpu}`);
    return moved;
  }

  /** @returns an operation that is ready to run; running it uses it up. */
  prepare(name: string, attributes: readonly OpAttribute[], inputs: readonly Pointer[]): Pointer {
    const op = this.newOp(name);
    try {
      for (const handle of inputs) this.c.TFE_OpAddInput(op, handle, this.status);
      for (const attribute of attributes) setAttribute(this.c, op, attribute, this.cString, this.status);
      this.check(name);
    } catch (error) {
      this.c.TFE_DeleteOp(op);
      throw error;
    }
    return op;
  }

  /** Resetting the op used last is cheaper than making one. */
  private newOp(name: string): Pointer {
    let op = this.spareOp;
    this.spareOp = 0;
    if (op !== 0) {
      this.c.TFE_OpReset(op, this.cString(name), 0, this.status);
      if (this.c.TF_GetCode(this.status) !== 0) this.c.TFE_DeleteOp(op);
    } else {
      op = this.c.TFE_NewOp(this.context, this.cString(name), this.status);
    }
    this.check(name);
    return op;
  }

  /** @returns the handles of its outputs */
  run(op: Pointer, name: string, outputs: number): Pointer[] {
    const { c } = this;
    const { pointers, count } = outputBuffers(outputs);
    c.TFE_Execute(op, pointers, count, this.status);
    if (c.TF_GetCode(this.status) !== 0 || this.spareOp !== 0) c.TFE_DeleteOp(op);
    else this.spareOp = op;
    this.check(name);
    return readPointers(pointers, outputs);
  }

  /** On a libuv thread; the event loop stays free. Every call has its own status and buffers, so calls may overlap. */
  runAsync(op: Pointer, name: string, outputs: number): Promise<Pointer[]> {
    const { c } = this;
    const { pointers, count } = outputBuffers(outputs);
    const status = c.TF_NewStatus();
    return new Promise((resolve, reject) => {
      c.TFE_Execute.async(op, pointers, count, status, (error) => {
        const code = c.TF_GetCode(status);
        const message = code === 0 ? "" : c.TF_Message(status);
        c.TFE_DeleteOp(op);
        c.TF_DeleteStatus(status);
        if (error) reject(error);
        else if (code !== 0) reject(failed(name, message, code));
        else resolve(readPointers(pointers, outputs));
      });
    });
  }

  addFunction(definition: Uint8Array): void {
    this.c.TFE_ContextAddFunctionDef(this.context, definition, definition.length, this.status);
    this.check("Registering a compiled step");
  }

  removeFunction(name: string): void {
    this.c.TFE_ContextRemoveFunction(this.context, name, this.status);
    this.check(`Removing ${name}`);
  }
}

function outputBuffers(outputs: number): { pointers: Uint32Array; count: Uint32Array } {
  const count = new Uint32Array(16); // 64 bytes: see int64s
  count[0] = outputs;
  return { pointers: new Uint32Array(Math.max(16, 2 * outputs)), count };
}

const readPointers = (pointers: Uint32Array, count: number): Pointer[] =>
  Array.from({ length: count }, (_, i) => pointers[2 * i]! + pointers[2 * i + 1]! * 2 ** 32);

const failed = (operation: string, message: string, tensorflowCode: number): EngineError =>
  new EngineError("OPERATION_FAILED", `${operation}: ${message}`, { operation, tensorflowCode });
