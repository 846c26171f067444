/**
 * @file What an optimiser keeps per variable, in TensorFlow's own variables: one tensor of the variable's shape per slot.
 *
 * Slots are made at a variable's first gradient, filled with zeros or with what was loaded, and never part of a recording
 * (pitfall 7).
 */
import type * as tf from "@tensorflow/tfjs";
import { nodeBackend } from "../backend.ts";
import { EngineError } from "../errors.ts";
import { destroyResource, fillResource, makeResource, resourceValues } from "./resource.ts";
import { refuseOtherShape, type SavedTensor, slotName } from "./savedState.ts";

let instances = 0;

export class Slots {
  /** Variables in the order in which they were first seen: a slot's number is its variable's place here. */
  private readonly order: tf.Variable[] = [];
  private readonly handles = new Map<tf.Variable, readonly number[]>();
  /** Loaded slots that wait for their variable. */
  private waiting = new Map<string, SavedTensor>();
  private readonly owner: string;
  private readonly names: readonly string[];
  private readonly instance = instances++; // TensorFlow's resources are named per process

  /** @param owner for messages. @param names of the slots that every variable gets */
  constructor(owner: string, names: readonly string[]) {
    this.owner = owner;
    this.names = names;
  }

  place(variable: tf.Variable): number {
    const index = this.order.indexOf(variable);
    return index >= 0 ? index : this.order.push(variable) - 1;
  }

  get shapes(): readonly (readonly number[])[] {
    return this.order.map(({ shape }) => shape);
  }

  /** Resource handles of a variable's slots, in the order of the names. */
  of(variable: tf.Variable): readonly number[] {
    const found = this.handles.get(variable);
    if (found !== undefined) return found;
    const index = this.place(variable);
    const made = nodeBackend().binding.unrecorded(() =>
      this.names.map((name) => {
        const values = this.initial(slotName(index, name), variable);
        const handle = makeResource(`tessera_slots_${this.instance}/${slotName(index, name)}`, variable.shape);
        fillResource(handle, variable.shape, values);
        return handle;
      }),
    );
    this.handles.set(variable, made);
    return made;
  }

  private initial(name: string, variable: tf.Variable): Float32Array {
    const loaded = this.waiting.get(name);
    if (loaded === undefined) return new Float32Array(variable.size);
    refuseOtherShape(this.owner, loaded, variable.shape);
    this.waiting.delete(name);
    return loaded.data;
  }

  /** Each is read when it is come to. */
  *tensors(): Generator<SavedTensor> {
    for (const [index, variable] of this.order.entries()) {
      for (const [i, handle] of (this.handles.get(variable) ?? []).entries()) {
        const data = resourceValues(handle);
        yield { name: slotName(index, this.names[i]!), shape: [...variable.shape], data };
      }
    }
    yield* this.waiting.values();
  }

  /** Zeros in every slot that `loaded` does not name. */
  load(loaded: ReadonlyMap<string, SavedTensor>): void {
    this.waiting = new Map(loaded);
    for (const [variable, handles] of this.handles) {
      const index = this.order.indexOf(variable);
      handles.forEach((handle, i) => {
        fillResource(handle, variable.shape, this.initial(slotName(index, this.names[i]!), variable));
      });
    }
  }

  dispose(): void {
    for (const handles of this.handles.values()) handles.forEach(destroyResource);
    this.handles.clear();
  }
}

/** @throws EngineError STEP_RUNNING */
export function refuseWhileRunning(owner: string, what: string): void {
  if (nodeBackend().binding.running === 0) return;
  throw new EngineError("STEP_RUNNING", `${owner}: ${what} while a compiled step is running; await the step first`);
}
