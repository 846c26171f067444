/** @file What the ledger says, in sentences. Orders are orders of means: no sentence here is a verdict. */
import { plural, score } from "@/lib/format";
import { conventionPhrase, type Ledger, rowOf } from "./conventions.ts";

const capital = (text: string) => text.slice(0, 1).toUpperCase() + text.slice(1);

/** "Pooled over pixels, B leads A by 0.021; per item, A leads B by 0.035." */
export function swapSentence({ rows }: Pick<Ledger, "rows">, swap: Ledger["swaps"][number]): string {
  const leads = (difference: number) => {
    const [first, second] = difference >= 0 ? [swap.armX, swap.armY] : [swap.armY, swap.armX];
    return `${first} leads ${second} by ${score(Math.abs(difference))}`;
  };
  const row = rows.find(({ key }) => key === swap.key);
  const here = capital(row ? conventionPhrase(row) : swap.convention);
  const there = rows[0] ? conventionPhrase(rows[0]) : "under the first convention";
  return `${here}, ${leads(swap.difference)}; ${there}, ${leads(swap.reference)}.`;
}

/** The whole board in a line or two. */
export function ledgerSentence({ rows, swaps, spread }: Pick<Ledger, "rows" | "swaps" | "spread">): string {
  const known = spread.flatMap(({ arm, low, high }) =>
    typeof low === "number" && typeof high === "number" ? [{ arm, low, high }] : [],
  );
  const widest = known.toSorted((a, b) => b.high - b.low - (a.high - a.low))[0];
  if (!widest) return "No arm has a Dice under any convention yet.";
  const range = `The same masks of ${widest.arm} score ${score(widest.low)} to ${score(widest.high)}, by convention alone`;
  if (known.length < 2) return `${range}.`;
  const changed = new Set(swaps.map(({ key }) => key)).size;
  return changed === 0
    ? `${range}. The order of the arms is the same under all ${plural(rows.length, "convention")}.`
    : `${range}, and ${plural(changed, "convention")} of ${rows.length} ${changed === 1 ? "puts" : "put"} the arms in another order.`;
}

/** "lowest pooled over pixels; highest per item, background in" */
export function spreadSentence(rows: Ledger["rows"], spread: Ledger["spread"][number]): string {
  const [low, high] = [rowOf(rows, spread.lowConvention), rowOf(rows, spread.highConvention)];
  const phrase = (row: typeof low, name: string | null | undefined) =>
    row ? conventionPhrase(row) : (name ?? "unknown");
  return `lowest ${phrase(low, spread.lowConvention)}; highest ${phrase(high, spread.highConvention)}`;
}
