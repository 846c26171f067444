/** @file What a sampled bag risks: that none of the tiles that carry its label is in it. */
import { DomainError } from "@tessera/domain/errors";

/**
 * The chance that `drawn` of `tiles` tiles, drawn without repetition, hold none of the `positives`: hypergeometric, exact,
 * C(tiles - positives, drawn) / C(tiles, drawn), as a product of at most min(positives, drawn) factors.
 *
 * @throws DomainError BAD_INPUT where a number is not whole, or out of range
 */
export function chanceOfNoPositive(tiles: number, positives: number, drawn: number): number {
  const limits = { tiles: [1, 10_000_000], positives: [0, tiles], drawn: [0, tiles] } as const;
  for (const [field, value] of Object.entries({ tiles, positives, drawn })) {
    const [low, high] = limits[field as keyof typeof limits];
    if (Number.isInteger(value) && value >= low && value <= high) continue;
    const message = `${field}: expected a whole number from ${low} to ${high}, got ${value}`;
    throw new DomainError("BAD_INPUT", message, { field });
  }
  const [few, many] = positives < drawn ? [positives, drawn] : [drawn, positives]; // which of both is drawn does not matter
  if (few + many > tiles) return 0;
  let chance = 1;
  for (let i = 0; i < few; i++) chance *= (tiles - many - i) / (tiles - i);
  return chance;
}
