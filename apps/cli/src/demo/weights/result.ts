/** @file The demo's answer, as read from the API: a few lines for people, one JSON line for scripts. */
import type { TesseraClient } from "@tessera/client/client";
import { DomainError } from "@tessera/domain/errors";
import { arms } from "./experiments.ts";

interface ArmScore {
  arm: string;
  mean: number;
  sd: number | null;
  seeds: number;
  items: number;
}

interface Comparison {
  convention: string;
  armA: ArmScore;
  armB: ArmScore;
  difference: {
    estimate: number;
    low: number | null;
    high: number | null;
    verdict: string | null;
    reason: string | null;
  };
}

export async function readComparison(client: TesseraClient, experimentId: string): Promise<Comparison> {
  const score = "arm mean sd seeds items";
  const { experiment } = await client.query<{ experiment: { comparison: Comparison | null } }>(
    `query ($id: UUID!, $a: String!, $b: String!) { experiment(id: $id) { comparison(armA: $a, armB: $b) {
      convention armA { ${score} } armB { ${score} } difference { estimate low high verdict reason } } } }`,
    { id: experimentId, a: arms.random, b: arms.domain },
  );
  if (!experiment.comparison)
    throw new DomainError("UNAVAILABLE", "All runs ended, yet there is no comparison to read");
  return experiment.comparison;
}

export function sentences({ convention, armA, armB, difference }: Comparison): string[] {
  const digits = (value: number | null) => (value === null ? "–" : value.toFixed(4));
  return [
    `Test Dice (${convention})`,
    ...[armA, armB].map(
      ({ arm, mean, sd, seeds, items }) =>
        `  ${arm.padEnd(30)} ${digits(mean)} ± ${digits(sd)} SD   n = ${items} items, ${seeds} seeds`,
    ),
    `  difference ${digits(difference.estimate)}, 95 % interval ${digits(difference.low)} to ${digits(difference.high)}` +
      `\n  ${difference.reason ?? difference.verdict?.toLowerCase()}`,
  ];
}

export function jsonLine(
  comparison: Comparison,
  facts: { runs: number; secondsToFirstPoint: number; secondsTotal: number; url: string },
): string {
  const testDice = Object.fromEntries(
    [comparison.armA, comparison.armB].map(({ arm, mean, sd, seeds, items }) => [arm, { mean, sd, seeds, items }]),
  );
  const { estimate, low, high } = comparison.difference;
  const { runs, ...rest } = facts;
  return JSON.stringify({ runs, testDice, difference: { estimate, low, high }, ...rest });
}
