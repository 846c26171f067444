/** A mistake has the stamp's colour, what stayed or is right the accent's; at most so strong that the letters stay readable. */
export function tint(share: number, right: boolean): string | undefined {
  if (share <= 0) return undefined;
  const strength = Math.round(4 + 18 * share);
  return `color-mix(in srgb, ${right ? "var(--mantine-color-anchor)" : "var(--stamp)"} ${strength}%, transparent)`;
}
