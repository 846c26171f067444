/**
 * @file TFJSBinding over the C API: what tfjs-node's compiled addon does, in TypeScript, and what compiled steps need more.
 *
 * A tensor is known to TensorFlow.js by an integer id and to TensorFlow by a TFE_TensorHandle; `handles` pairs them.
 * One binding per process. Calls must come from the thread that made it, except the execution inside executeOpAsync.
 */
import { int64s, setAttribute } from "./attributes.ts";
import type { CApi, Pointer } from "./capi.ts";
import * as types from "./dataTypes.ts";
import { EngineError } from "./errors.ts";
import { checkedNumbers, checkedStrings, type HostValues, typedView } from "./hostValues.ts";
import { readStrings, stringBytes, writeStrings } from "./strings.ts";
import type { OpAttribute, TensorMetadata } from "./tfjsInternals.ts";

/** Told of everything that happens while a step is recorded. */
export interface OperationListener {
  created(id: number, shape: readonly number[], dtype: number, values: HostValues): void;
  executed(
    name: string,
    attributes: readonly OpAttribute[],
    inputs: readonly number[],
    outputs: readonly TensorMetadata[],
  ): void;
  read(id: number): void;
}

export class Binding {
  // What tfjs-node's TFJSBinding interface asks for by name.
  readonly TF_FLOAT = types.FLOAT;
  readonly TF_INT32 = types.INT32;
  readonly TF_INT64 = types.INT64;
  readonly TF_BOOL = types.BOOL;
  readonly TF_COMPLEX64 = types.COMPLEX64;
  readonly TF_STRING = types.STRING;
  readonly TF_RESOURCE = types.RESOURCE;
  readonly TF_UINT8 = types.UINT8;
  readonly TF_ATTR_STRING = types.ATTR.string;
  readonly TF_ATTR_INT = types.ATTR.int;
  readonly TF_ATTR_FLOAT = types.ATTR.float;
  readonly TF_ATTR_BOOL = types.ATTR.bool;
  readonly TF_ATTR_TYPE = types.ATTR.type;
  readonly TF_ATTR_SHAPE = types.ATTR.shape;
  readonly TF_ATTR_RESOURCE = types.ATTR.resource;
  readonly TF_Version: string;

  readonly c: CApi;
  readonly status: Pointer;
  readonly devices: readonly string[];
  /** Asynchronous executions under way. */
  running = 0;
  /** Set while a step is recorded. */
  listener: OperationListener | undefined;

  private readonly context: Pointer;
  private readonly gpu: string | undefined;
  private readonly handles = new Map<number, Pointer>();
  private readonly cStrings = new Map<string, Pointer>();
  private nextId = 0;
  private spareOp: Pointer = 0;

  /** @param config serialised ConfigProto */
  constructor(c: CApi, config: Uint8Array) {
    this.c = c;
    this.TF_Version = c.TF_Version();
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
  private check(what: string): void {
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

  private register(handle: Pointer): number {
    this.handles.set(this.nextId, handle);
    return this.nextId++;
  }

  private handle(id: number, use: string): Pointer {
    const handle = this.handles.get(id);
    if (handle !== undefined) return handle;
    throw new EngineError("BAD_TENSOR", `${use}: the tensor is disposed or was never made (id ${id})`, { id });
  }

  createTensor(shape: number[], dtype: number, values: HostValues): number {
    const handle = dtype === types.STRING ? this.stringHandle(shape, values) : this.numberHandle(shape, dtype, values);
    const id = this.register(this.onDevice(handle, dtype));
    this.listener?.created(id, shape, dtype, values);
    return id;
  }

  private numberHandle(shape: readonly number[], dtype: number, values: HostValues): Pointer {
    const { c } = this;
    const source = checkedNumbers(shape, dtype, values);
    const tensor = c.TF_AllocateTensor(dtype, int64s(shape), shape.length, source.byteLength);
    if (source.byteLength > 0) c.memcpyTo(c.TF_TensorData(tensor), source, source.byteLength);
    const handle = c.TFE_NewTensorHandle(tensor, this.status);
    c.TF_DeleteTensor(tensor);
    this.check("Making a tensor");
    return handle;
  }

  /** TensorFlow copies the strings into a tensor of its own; see strings.ts for who frees what. */
  private stringHandle(shape: readonly number[], values: HostValues): Pointer {
    const { c } = this;
    const source = checkedStrings(shape, values);
    const tensor = c.TF_AllocateTensor(types.STRING, int64s(shape), shape.length, stringBytes * source.length);
    writeStrings(c, tensor, source);
    const shared = c.TFE_NewTensorHandle(tensor, this.status);
    const op = this.newOp("DeepCopy");
    c.TFE_OpAddInput(op, shared, this.status);
    const [copy] = this.runOp(op, "Making a string tensor", 1);
    c.TFE_DeleteTensorHandle(shared);
    c.TF_DeleteTensor(tensor); // the last reference
    return copy!;
  }

  private onDevice(handle: Pointer, dtype: number): Pointer {
    if (this.gpu === undefined || dtype === types.INT32 || dtype === types.STRING) return handle;
    const moved = this.c.TFE_TensorHandleCopyToDevice(handle, this.context, this.gpu, this.status);
    this.c.TFE_DeleteTensorHandle(handle);
    this.check(`Copying a tensor to ${this.gpu}`);
    return moved;
  }

  deleteTensor(id: number): void {
    const handle = this.handle(id, "Disposing");
    this.handles.delete(id);
    this.c.TFE_DeleteTensorHandle(handle);
  }

  /** Another id for the same values, to be deleted on its own. */
  share(id: number): number {
    const handle = this.c.TFE_TensorHandleCopySharingTensor(this.handle(id, "Sharing"), this.status);
    this.check("Sharing a tensor");
    return this.register(handle);
  }

  describe(id: number): TensorMetadata {
    return this.metadata(id, this.handle(id, "Describing"));
  }

  tensorDataSync(id: number): HostValues {
    this.listener?.read(id);
    const { c } = this;
    const handle = this.handle(id, "Reading");
    const dtype = c.TFE_TensorHandleDataType(handle);
    const tensor = c.TFE_TensorHandleResolve(handle, this.status);
    this.check("Reading a tensor");
    try {
      if (dtype === types.STRING) return readStrings(c, tensor);
      const bytes = new Uint8Array(c.TF_TensorByteSize(tensor));
      if (bytes.length > 0) c.memcpyFrom(bytes, c.TF_TensorData(tensor), bytes.length);
      return typedView(dtype, bytes.buffer);
    } finally {
      c.TF_DeleteTensor(tensor);
    }
  }

  executeOp(
    name: string,
    attributes: readonly OpAttribute[],
    inputs: readonly number[],
    outputs: number,
  ): TensorMetadata[] {
    const handles = this.runOp(this.prepare(name, attributes, inputs), name, outputs);
    const made = handles.map((handle) => this.metadata(this.register(handle), handle));
    this.listener?.executed(name, attributes, inputs, made);
    return made;
  }

  /** Runs on a libuv thread; the event loop stays free. Every call has its own status and buffers, so calls may overlap. */
  executeOpAsync(
    name: string,
    attributes: readonly OpAttribute[],
    inputs: readonly number[],
    outputs: number,
  ): Promise<TensorMetadata[]> {
    const { c } = this;
    const op = this.prepare(name, attributes, inputs);
    const { pointers, count } = outputBuffers(outputs);
    const status = c.TF_NewStatus();
    this.running++;
    return new Promise((resolve, reject) => {
      c.TFE_Execute.async(op, pointers, count, status, (error) => {
        this.running--;
        const code = c.TF_GetCode(status);
        const message = code === 0 ? "" : c.TF_Message(status);
        c.TFE_DeleteOp(op);
        c.TF_DeleteStatus(status);
        if (error) reject(error);
        else if (code !== 0) reject(failed(name, message, code));
        else resolve(readPointers(pointers, outputs).map((handle) => this.metadata(this.register(handle), handle)));
      });
    });
  }

  private prepare(name: string, attributes: readonly OpAttribute[], inputs: readonly number[]): Pointer {
    const handles = inputs.map((id) => this.handle(id, name));
    const op = this.newOp(name);
    try {
      for (const handle of handles) this.c.TFE_OpAddInput(op, handle, this.status);
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

  private runOp(op: Pointer, name: string, outputs: number): Pointer[] {
    const { c } = this;
    const { pointers, count } = outputBuffers(outputs);
    c.TFE_Execute(op, pointers, count, this.status);
    if (c.TF_GetCode(this.status) !== 0 || this.spareOp !== 0) c.TFE_DeleteOp(op);
    else this.spareOp = op;
    this.check(name);
    return readPointers(pointers, outputs);
  }

  private metadata(id: number, handle: Pointer): TensorMetadata {
    const { c, status } = this;
    const rank = Math.max(0, c.TFE_TensorHandleNumDims(handle, status));
    const shape = Array.from({ length: rank }, (_, i) => c.TFE_TensorHandleDim(handle, i, status));
    return { id, shape, dtype: c.TFE_TensorHandleDataType(handle) };
  }

  addFunction(definition: Uint8Array): void {
    this.c.TFE_ContextAddFunctionDef(this.context, definition, definition.length, this.status);
    this.check("Registering a compiled step");
  }

  removeFunction(name: string): void {
    this.c.TFE_ContextRemoveFunction(this.context, name, this.status);
    this.check(`Removing ${name}`);
  }

  getNumOfTensors(): number {
    return this.handles.size;
  }

  isUsingGpuDevice(): boolean {
    return this.gpu !== undefined;
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
