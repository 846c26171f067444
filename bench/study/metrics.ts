/** @file The other scores of an experiment's arms, as the dashboard's board has them: read once all predictions are measured. */
import type { TesseraClient } from "@tessera/client/client";

/** By metric: mean over items, averaged over seeds, and the difference from the first arm. */
export type MetricRow = Readonly<
  Record<string, { readonly mean: number | null; readonly sd: number | null; readonly difference: Difference | null }>
>;

interface Difference {
  readonly estimate: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly verdict: string | null;
}

interface Cell {
  metric: string;
  mean: number | null;
  sd: number | null;
  difference: Difference | null;
}

interface Answer {
  experiment: {
    scoredSet: {
      measuring: { done: number; total: number; failed: number; error: string | null };
      metrics: { rows: { arm: string; cells: Cell[] }[] };
    };
  };
}

const document = `query ($id: UUID!) { experiment(id: $id) { scoredSet {
  measuring { done total failed error }
  metrics { rows { arm cells { metric mean sd difference { estimate low high verdict } } } } } } }`;

/** @throws Error where a prediction could not be measured */
export async function metricsOf(client: TesseraClient, id: string): Promise<Map<string, MetricRow>> {
  for (;;) {
    const { experiment } = await client.query<Answer>(document, { id });
    const { measuring, metrics } = experiment.scoredSet;
    if (measuring.failed > 0) throw new Error(`${measuring.failed} predictions were not measured: ${measuring.error}`);
    if (measuring.done === measuring.total) {
      return new Map(metrics.rows.map(({ arm, cells }) => [arm, rowOf(cells)]));
    }
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
}

const rowOf = (cells: readonly Cell[]): MetricRow =>
  Object.fromEntries(cells.map(({ metric, mean, sd, difference }) => [metric, { mean, sd, difference }]));
