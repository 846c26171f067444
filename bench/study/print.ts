/** @file A study's answer as a table for people. */
import type { reportStudy } from "./report.ts";

type Answer = Awaited<ReturnType<typeof reportStudy>>;

const shown = ["hd95", "equivalentError", "lesionF1", "falsePieces", "specks", "largestShare"] as const;

export function printStudy({ arms, sizes }: Answer): void {
  const width = Math.max(...arms.map(({ arm }) => arm.length)) + 2;
  const line = (cells: readonly string[]) => console.error(`  ${cells.join("  ")}`);
  const bySize = sizes.map(({ tercile, from, to, n }) => `${tercile} (${share(from)}–${share(to)}, n = ${n})`);
  console.error(`· Test Dice, mean ± SD over seeds; thirds by region size: ${bySize.join(", ")}`);
  line([
    "arm".padEnd(width),
    "Dice".padEnd(15),
    "difference from the first".padEnd(30),
    ...sizes.map(({ tercile }) => tercile.padEnd(8)),
    ...shown,
  ]);
  for (const { arm, dice, difference, bySize: thirds, metrics } of arms) {
    line([
      arm.padEnd(width),
      `${dice.mean.toFixed(3)} ± ${(dice.sd ?? 0).toFixed(3)}`.padEnd(15),
      (difference === null ? "" : interval(difference)).padEnd(30),
      ...thirds.map(({ mean }) => mean.toFixed(3).padEnd(8)),
      ...shown.map((name) => (metrics[name]?.mean?.toFixed(3) ?? "–").padEnd(name.length)),
    ]);
  }
  for (const { difference } of arms) if (difference !== null) console.error(`· ${difference.reason}`);
}

const share = (value: number) => `${(100 * value).toFixed(1)} %`;

const interval = ({ estimate, low, high }: { estimate: number; low: number | null; high: number | null }): string =>
  `${estimate.toFixed(3)} (${low === null || high === null ? "no interval" : `${low.toFixed(3)} to ${high.toFixed(3)}`})`;
