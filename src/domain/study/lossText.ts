/** @file A loss of a configuration as words, whatever its family: told apart by all that it says. */

type Json = Readonly<Record<string, unknown>>;

/** "softDice"; "tversky (alpha 0.3, beta 0.7)": the name, then the other fields by name. */
export function lossText(loss: unknown): string {
  if (typeof loss === "string") return loss;
  if (typeof loss !== "object" || loss === null || Array.isArray(loss)) return JSON.stringify(loss) ?? "none";
  const { name, ...others } = loss as Json;
  const fields = Object.entries(others)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `${key} ${typeof value === "object" ? JSON.stringify(value) : String(value)}`);
  const called = typeof name === "string" ? name : "loss";
  return fields.length === 0 ? called : `${called} (${fields.join(", ")})`;
}
