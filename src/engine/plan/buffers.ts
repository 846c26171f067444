/** @file Which buffers TensorFlow would hold after each event, and how many bytes that is. */

import { valueBytes } from "../graph/shapeGraph.ts";
import type { Made } from "../graph/shapeTensors.ts";
import type { MemoryEvent } from "./dryRun.ts";

export interface Buffer {
  readonly bytes: number;
  users: number;
}

/** Operations whose first result is their first input's buffer. */
const views = new Set(["Reshape", "Identity", "Squeeze", "ExpandDims", "StopGradient", "ReadVariableOp"]);

export const tensorBytes = ({ dtype, shape }: Pick<Made, "dtype" | "shape">): number =>
  shape.reduce((product, side) => product * side, valueBytes(dtype));

export const isView = (event: Extract<MemoryEvent, { kind: "ran" }>): boolean =>
  views.has(event.op) || (event.op === "Cast" && event.inputs[0]!.dtype === event.outputs[0]!.dtype);

/** Eager TensorFlow: a buffer lives while an id or a resource uses it. */
export class Buffers {
  /** Bytes held now. */
  held = 0;
  private readonly byId = new Map<number, Buffer>();
  /** Values of TensorFlow's own variables, by the id of their handle. */
  private readonly resources = new Map<number, Buffer>();

  apply(event: MemoryEvent): void {
    switch (event.kind) {
      case "made":
        this.byId.set(event.tensor.id, this.allocate(event.tensor));
        break;
      case "shared":
        this.use(event.id, this.byId.get(event.of));
        break;
      case "freed":
        this.release(this.byId.get(event.id));
        this.byId.delete(event.id);
        break;
      case "ran":
        this.run(event);
    }
  }

  private run(event: Extract<MemoryEvent, { kind: "ran" }>): void {
    const [first, second] = event.inputs;
    if (event.op === "AssignVariableOp") {
      const buffer = this.byId.get(second!.id);
      if (buffer !== undefined) buffer.users++;
      this.release(this.resources.get(first!.id));
      if (buffer !== undefined) this.resources.set(first!.id, buffer);
    } else if (event.op.startsWith("ResourceApply")) {
      for (const { id } of event.inputs) this.separate(id);
    } else if (isView(event)) {
      this.use(event.outputs[0]!.id, this.resources.get(first!.id) ?? this.byId.get(first!.id));
    } else {
      for (const output of event.outputs) this.byId.set(output.id, this.allocate(output));
    }
  }

  /** TensorFlow copies a variable's value before it changes it, where somebody else uses the same buffer. */
  private separate(resource: number): void {
    const shared = this.resources.get(resource);
    if (shared === undefined || shared.users === 1) return;
    shared.users--;
    this.held += shared.bytes;
    this.resources.set(resource, { bytes: shared.bytes, users: 1 });
  }

  private allocate(tensor: Made): Buffer {
    const buffer = { bytes: tensorBytes(tensor), users: 1 };
    this.held += buffer.bytes;
    return buffer;
  }

  private use(id: number, buffer: Buffer | undefined): void {
    if (buffer === undefined) return; // a tensor from outside: it is there anyway
    buffer.users++;
    this.byId.set(id, buffer);
  }

  private release(buffer: Buffer | undefined): void {
    if (buffer !== undefined && --buffer.users === 0) this.held -= buffer.bytes;
  }
}
