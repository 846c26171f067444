/** @file How fast somebody labels. Pure. */

/** A pause longer than this is no work, ms. */
const pauseMs = 120_000;

/** Items per hour over the newest 50, by the times at which they were saved (ms, rising); null: fewer than three. Pauses are left out. */
export function itemsPerHour(savedAt: readonly number[]): number | null {
  const newest = savedAt.slice(-50);
  if (newest.length < 3) return null;
  const steps = newest.slice(1).map((time, place) => time - newest[place]!);
  const worked = steps.filter((step) => step <= pauseMs);
  const total = worked.reduce((sum, step) => sum + step, 0);
  return total === 0 ? null : (worked.length * 3_600_000) / total;
}
