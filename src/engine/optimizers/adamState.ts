/** @file What is saved of an Adam, and the checks of what is loaded. Names depend on the order of the variables only. */
import { EngineError } from "../errors.ts";

/** One tensor of a saved optimiser. */
export interface SavedTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

const numberNames = ["learningRate", "beta1Power", "beta2Power", "iterations"] as const;
export type AdamNumbers = Readonly<Record<(typeof numberNames)[number], number>>;

export const moments = ["first", "second"] as const;

export const momentName = (index: number, moment: (typeof moments)[number]): string =>
  `${String(index).padStart(4, "0")}/${moment}Moment`;

export const savedNumbers = (numbers: AdamNumbers): SavedTensor[] =>
  numberNames.map((name) => ({ name, shape: [], data: Float32Array.of(numbers[name]) }));

/**
 * The numbers and, by name, the moments of a saved state.
 *
 * @param shapes of the variables met so far, in their order
 * @throws EngineError BAD_STATE for a missing or unknown name, or a moment of another shape than its variable.
 */
export function readState(
  state: readonly SavedTensor[],
  shapes: readonly (readonly number[])[],
): { readonly numbers: AdamNumbers; readonly moments: Map<string, SavedTensor> } {
  const rest = new Map(state.map((tensor) => [tensor.name, tensor]));
  const number = (name: string): number => {
    const value = rest.get(name)?.data[0];
    if (value === undefined)
      throw new EngineError("BAD_STATE", `Adam: the saved state has no ${name}; was it Adam's?`, { name });
    rest.delete(name);
    return value;
  };
  const numbers = Object.fromEntries(numberNames.map((name) => [name, number(name)])) as unknown as AdamNumbers;
  for (const tensor of rest.values()) refuseUnfit(tensor, shapes);
  return { numbers, moments: rest };
}

function refuseUnfit(tensor: SavedTensor, shapes: readonly (readonly number[])[]): void {
  const { name } = tensor;
  const index = /^(\d+)\/(first|second)Moment$/.exec(name)?.[1];
  if (index === undefined) {
    throw new EngineError("BAD_STATE", `Adam: the saved state has an unknown ${name}; was it Adam's?`, { name });
  }
  const shape = shapes[Number(index)];
  if (shape !== undefined) refuseOtherShape(tensor, shape);
}

/** @throws EngineError BAD_STATE */
export function refuseOtherShape(tensor: SavedTensor, shape: readonly number[]): void {
  if (String(tensor.shape) === String(shape)) return;
  throw new EngineError(
    "BAD_STATE",
    `Adam: ${tensor.name} was saved for a variable of shape [${tensor.shape}], this one has [${shape}]; ` +
      "load it with the same model and the same order of variables",
    { name: tensor.name, saved: tensor.shape, here: shape },
  );
}
