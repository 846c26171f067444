/** @file The board in one sentence. */
import type { LabelsVersusArchitecture } from "@tessera/analysis/labelsVersusArchitecture";

const signed = (value: number) => `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(3)}`;

type Effect = LabelsVersusArchitecture["labels"][number];

function effectText(what: string, { level, reference, judged }: Effect): string {
  if (judged === null) return `${what} (${level} against ${reference}) is not known yet`;
  const { estimate, low, high } = judged.difference;
  const interval = low === null || high === null ? "one seed, no interval" : `${signed(low)} to ${signed(high)}`;
  return `${what} (${level} against ${reference}) = ${signed(estimate)} (${interval})`;
}

/** @param metric its name for a reader */
export function factorialText(
  { labels, architecture, interaction, seed }: LabelsVersusArchitecture,
  metric: string,
): string {
  const effects = [
    ...labels.map((effect) => effectText("relabelling", effect)),
    ...architecture.map((effect) => effectText("new architecture", effect)),
    seed === null
      ? "what a seed alone changes needs two seeds that every arm has"
      : `another seed alone = ±${seed.sd.toFixed(3)} (${seed.low.toFixed(3)} to ${seed.high.toFixed(3)}; SD over ${seed.seeds} seeds)`, // biome-ignore format: one line
  ].join(", ");
  const told = interaction.filter(({ judged }) => judged !== null && ((judged.difference.low ?? 0) > 0 || (judged.difference.high ?? 0) < 0)); // biome-ignore format: one line
  const depends = told.map(({ level, judged }) => `${level}: ${signed(judged!.difference.estimate)}`);
  const main = `In ${metric}: ${effects}.`;
  if (depends.length === 0) return main;
  return `${main} The two do not add up (${depends.join("; ")}): read the cells, as what relabelling brings depends on the architecture.`;
}
