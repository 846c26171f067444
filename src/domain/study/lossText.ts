/** @file A loss of a configuration as words: told apart from every other by what it says besides its usual values. */
import { completeLoss } from "../configuration/loss.ts";

type Json = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Json => typeof value === "object" && value !== null;

/** "softDice"; "tversky (alpha 0.5, beta 0.5)": the name, then the fields that have not their usual value, by name. */
export function lossText(loss: unknown): string {
  const full = completeLoss(loss);
  if (!isObject(full) || typeof full.name !== "string") return JSON.stringify(full) ?? "none";
  const usual = completeLoss(full.name as unknown) as Json;
  const fields = Object.entries(full)
    .filter(([field, value]) => field !== "name" && usual[field] !== value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([field, value]) => `${field} ${isObject(value) ? JSON.stringify(value) : String(value)}`);
  return fields.length === 0 ? full.name : `${full.name} (${fields.join(", ")})`;
}
