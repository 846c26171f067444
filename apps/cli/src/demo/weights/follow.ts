/** @file Follows runs to their end with one progress line, and notes when the first training point could be seen. */
import type { TesseraClient } from "@tessera/client/client";
import { DomainError } from "@tessera/domain/errors";
import { Bar } from "../../terminal.ts";

interface RunRow {
  id: string;
  arm: string;
  seed: number;
  state: "QUEUED" | "RUNNING" | "SUCCEEDED" | "FAILED" | "CANCELLED";
  phase: string;
  step: number;
  totalSteps: number;
  error: string | null;
  series: { name: string; lastValue: number | null }[];
}

const document = `query ($id: UUID!) { experiment(id: $id) { runs {
  id arm seed state phase step totalSteps error series { name lastValue } } } }`;

/** @throws DomainError UNAVAILABLE when a run failed or was cancelled, with its own words. */
export async function followRuns(
  client: TesseraClient,
  experimentIds: readonly string[],
  onFirstPoint: () => void,
): Promise<RunRow[]> {
  const bar = new Bar();
  let sawPoint = false;
  for (;;) {
    const answers = await Promise.all(
      experimentIds.map((id) => client.query<{ experiment: { runs: RunRow[] } }>(document, { id })),
    );
    const runs = answers.flatMap((answer) => answer.experiment.runs);
    if (!sawPoint && runs.some((run) => run.series.length > 0)) {
      sawPoint = true;
      onFirstPoint();
    }
    const done = runs.reduce((sum, run) => sum + shareDone(run), 0);
    const current = runs.find((run) => run.state === "RUNNING");
    const ended = runs.filter((run) => run.state === "SUCCEEDED").length;
    bar.show(`${ended} of ${runs.length} runs`, done, runs.length, current ? describe(current) : "");
    const broken = runs.find((run) => run.state === "FAILED" || run.state === "CANCELLED");
    if (broken) {
      bar.end();
      throw new DomainError(
        "UNAVAILABLE",
        `The run "${broken.arm}", seed ${broken.seed}, ${broken.state.toLowerCase()}: ${broken.error ?? "no reason given"}`,
      );
    }
    if (ended === runs.length) {
      bar.end();
      return runs;
    }
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

/** In the other phases `step` counts items, not training. */
function shareDone(run: RunRow): number {
  if (run.state === "SUCCEEDED") return 1;
  return run.phase === "training" ? run.step / Math.max(1, run.totalSteps) : 0;
}

function describe(run: RunRow): string {
  const last = (name: string) => run.series.find((series) => series.name === name)?.lastValue;
  const [dice, auc] = [last("validation/dice"), last("validation/auc")];
  const score =
    dice != null ? `, validation Dice ${dice.toFixed(3)}` : auc != null ? `, validation AUC ${auc.toFixed(3)}` : "";
  return `· ${run.arm}, seed ${run.seed}: ${run.phase || "starting"} ${run.step}/${run.totalSteps}${score}`;
}
