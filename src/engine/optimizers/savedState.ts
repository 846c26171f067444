/** @file What is saved of an optimiser, and the checks of what is loaded. Slots are named by the order of the variables alone. */
import { EngineError } from "../errors.ts";

/** One tensor of a saved optimiser. */
export interface SavedTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** What a kind of state consists of: its numbers, and per variable one tensor of the variable's shape for each slot. */
export interface StateLayout {
  /** For messages: "Adam". */
  readonly owner: string;
  readonly numbers: readonly string[];
  readonly slots: readonly string[];
}

export const slotName = (index: number, slot: string): string => `${String(index).padStart(4, "0")}/${slot}`;

export const savedNumbers = (numbers: Readonly<Record<string, number>>): SavedTensor[] =>
  Object.entries(numbers).map(([name, value]) => ({ name, shape: [], data: Float32Array.of(value) }));

/**
 * The numbers and, by name, the slots of a saved state.
 *
 * @param shapes of the variables met so far, in their order
 * @throws EngineError BAD_STATE for a missing or unknown name, or a slot of another shape than its variable.
 */
export function readState(
  { owner, numbers, slots }: StateLayout,
  state: readonly SavedTensor[],
  shapes: readonly (readonly number[])[],
): { readonly numbers: Readonly<Record<string, number>>; readonly slots: Map<string, SavedTensor> } {
  const rest = new Map(state.map((tensor) => [tensor.name, tensor]));
  const number = (name: string): number => {
    const value = rest.get(name)?.data[0];
    if (value === undefined) {
      throw new EngineError("BAD_STATE", `${owner}: the saved state has no ${name}; was it ${owner}'s?`, { name });
    }
    rest.delete(name);
    return value;
  };
  const read = Object.fromEntries(numbers.map((name) => [name, number(name)]));
  for (const tensor of rest.values()) {
    const [, index, slot] = /^(\d+)\/(\w+)$/.exec(tensor.name) ?? [];
    if (slot === undefined || !slots.includes(slot)) {
      const message = `${owner}: the saved state has an unknown ${tensor.name}; was it ${owner}'s?`;
      throw new EngineError("BAD_STATE", message, { name: tensor.name });
    }
    const missing = slots.find((each) => !rest.has(slotName(Number(index), each)));
    if (missing !== undefined) {
      const message = `${owner}: the saved state has ${tensor.name}, and no ${slotName(Number(index), missing)}; it is not whole`;
      throw new EngineError("BAD_STATE", message, { name: slotName(Number(index), missing) });
    }
    const shape = shapes[Number(index)];
    if (shape !== undefined) refuseOtherShape(owner, tensor, shape);
  }
  return { numbers: read, slots: rest };
}

/** @throws EngineError BAD_STATE */
export function refuseOtherShape(owner: string, tensor: SavedTensor, shape: readonly number[]): void {
  if (String(tensor.shape) === String(shape)) return;
  throw new EngineError(
    "BAD_STATE",
    `${owner}: ${tensor.name} was saved for a variable of shape [${tensor.shape}], this one has [${shape}]; ` +
      "load it with the same model and the same order of variables",
    { name: tensor.name, saved: tensor.shape, here: shape },
  );
}
