/**
 * @file TFJSBinding over the C API: what tfjs-node's compiled addon does, in TypeScript, and what compiled steps need more.
 *
 * A tensor is known to TensorFlow.js by an integer id and to TensorFlow by a TFE_TensorHandle; `handles` pairs them.
 * One binding per process. Calls must come from the thread that made it, except the execution inside executeOpAsync.
 */
import type { CApi, Pointer } from "./capi.ts";
import * as types from "./dataTypes.ts";
import { EagerContext } from "./eagerContext.ts";
import { EngineError } from "./errors.ts";
import { makeTensor, tensorValues } from "./hostTensors.ts";
import type { HostValues } from "./hostValues.ts";
import type { OpAttribute, TensorMetadata } from "./tfjsInternals.ts";

/** From here on an id is that of a tensor without values (graph/shapeTensors.ts); a handle's id never comes near. */
export const firstWithoutValues = 2 ** 40;

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
  /** While a step is recorded or planned: other methods stand in for those below then. */
  recording = false;

  private readonly context: EagerContext;
  private readonly handles = new Map<number, Pointer>();
  /** What VarHandleOp was told of a variable that TensorFlow keeps, by the id of its handle. */
  private readonly resources = new Map<number, readonly OpAttribute[]>();
  private nextId = 0;

  /** @param config serialised ConfigProto */
  constructor(c: CApi, config: Uint8Array) {
    this.c = c;
    this.TF_Version = c.TF_Version();
    this.context = new EagerContext(c, config);
    this.status = this.context.status;
    this.devices = this.context.devices;
  }

  /** Runs `body` as no part of the step that is being recorded. */
  unrecorded<T>(body: () => T): T {
    const { recording } = this;
    this.recording = false;
    try {
      return body();
    } finally {
      this.recording = recording;
    }
  }

  private register(handle: Pointer): number {
    this.handles.set(this.nextId, handle);
    return this.nextId++;
  }

  private handle(id: number, use: string): Pointer {
    const handle = this.handles.get(id);
    if (handle !== undefined) return handle;
    if (id >= firstWithoutValues) {
      throw new EngineError(
        "BAD_TENSOR",
        `${use}: the tensor was made while a step was recorded, and never had values; return it from the step instead of keeping it`,
        { id },
      );
    }
    throw new EngineError("BAD_TENSOR", `${use}: the tensor is disposed or was never made (id ${id})`, { id });
  }

  createTensor(shape: number[], dtype: number, values: HostValues): number {
    return this.register(makeTensor(this.context, shape, dtype, values));
  }

  deleteTensor(id: number): void {
    if (id >= firstWithoutValues) return; // kept by a step when it was recorded
    const handle = this.handle(id, "Disposing");
    this.handles.delete(id);
    this.resources.delete(id);
    this.c.TFE_DeleteTensorHandle(handle);
  }

  /** Another id for the same values, to be deleted on its own. */
  share(id: number): number {
    const handle = this.c.TFE_TensorHandleCopySharingTensor(this.handle(id, "Sharing"), this.status);
    this.context.check("Sharing a tensor");
    return this.register(handle);
  }

  describe(id: number): TensorMetadata {
    return this.metadata(id, this.handle(id, "Describing"));
  }

  /** The attributes of the VarHandleOp that made the handle; undefined for other tensors. */
  resourceAttributes(id: number): readonly OpAttribute[] | undefined {
    return this.resources.get(id);
  }

  tensorDataSync(id: number): HostValues {
    return tensorValues(this.context, this.handle(id, "Reading"));
  }

  executeOp(
    name: string,
    attributes: readonly OpAttribute[],
    inputs: readonly number[],
    outputs: number,
  ): TensorMetadata[] {
    const made = this.registered(this.context.run(this.prepare(name, attributes, inputs), name, outputs));
    if (name === "VarHandleOp") this.resources.set(made[0]!.id, attributes);
    return made;
  }

  /** As executeOp, without holding up the event loop, and never recorded. Calls may overlap. */
  async executeOpAsync(
    name: string,
    attributes: readonly OpAttribute[],
    inputs: readonly number[],
    outputs: number,
  ): Promise<TensorMetadata[]> {
    const op = this.prepare(name, attributes, inputs);
    this.running++;
    try {
      return this.registered(await this.context.runAsync(op, name, outputs));
    } finally {
      this.running--;
    }
  }

  private prepare(name: string, attributes: readonly OpAttribute[], inputs: readonly number[]): Pointer {
    return this.context.prepare(
      name,
      attributes,
      inputs.map((id) => this.handle(id, name)),
    );
  }

  private registered(handles: readonly Pointer[]): TensorMetadata[] {
    return handles.map((handle) => this.metadata(this.register(handle), handle));
  }

  private metadata(id: number, handle: Pointer): TensorMetadata {
    const { c, status } = this;
    const rank = Math.max(0, c.TFE_TensorHandleNumDims(handle, status));
    const shape = Array.from({ length: rank }, (_, i) => c.TFE_TensorHandleDim(handle, i, status));
    return { id, shape, dtype: c.TFE_TensorHandleDataType(handle) };
  }

  addFunction(definition: Uint8Array): void {
    this.context.addFunction(definition);
  }

  removeFunction(name: string): void {
    this.context.removeFunction(name);
  }

  getNumOfTensors(): number {
    return this.handles.size;
  }

  isUsingGpuDevice(): boolean {
    return this.context.gpu !== undefined;
  }
}
