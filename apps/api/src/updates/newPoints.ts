/** @file Which points of some runs a subscriber has not had yet. */
import { points } from "@tessera/store/series";
import type { Context } from "../context.ts";
import { chartPoints, type LoadedPoints } from "../runs/chartPoints.ts";
import type { RunSeriesPoints } from "./runSeriesPoints.type.ts";

/** Of one series in one push. Only the first push of a long run has more: it then holds what a wide chart shows of them. */
const mostAtOnce = 8000;

export class NewPoints {
  private readonly context: Context;
  private readonly wanted: (series: string) => boolean;
  /** Last step sent, by run and series. */
  private readonly sent = new Map<string, Map<string, number>>();
  private readonly attempt = new Map<string, number>();

  constructor(context: Context, wanted: (series: string) => boolean) {
    this.context = context;
    this.wanted = wanted;
  }

  async next(runIds: readonly string[]): Promise<RunSeriesPoints[]> {
    await this.forgetSuperseded(runIds);
    const known = await this.context.loaders.series.loadMany(runIds);
    const due = known.flatMap((series, i) => {
      if (series instanceof Error) throw series;
      const runId = runIds[i] ?? "";
      return series
        .filter((each) => this.wanted(each.series) && each.lastStep > this.lastSent(runId, each.series))
        .map((each) => ({ runId, series: each.series }));
    });
    if (due.length === 0) return [];
    const afterStep = Math.min(...due.map(({ runId, series }) => this.lastSent(runId, series)));
    const { asTeam, teamId } = this.context;
    const rows = await asTeam((sql) =>
      points(sql, teamId, {
        runIds: [...new Set(due.map((each) => each.runId))],
        series: [...new Set(due.map((each) => each.series))],
        ...(afterStep < 0 ? {} : { afterStep }),
      }),
    );
    return rows.flatMap((row) => this.take(row));
  }

  private take(row: LoadedPoints & { readonly runId: string }): RunSeriesPoints[] {
    const last = this.lastSent(row.runId, row.series);
    const from = Array.from(row.steps).findIndex((step) => step > last);
    if (from < 0) return [];
    const steps = Array.from(row.steps).slice(from);
    const values = Array.from(row.values).slice(from);
    this.ofRun(row.runId).set(row.series, steps.at(-1) ?? last);
    return [{ runId: row.runId, ...chartPoints({ series: row.series, steps, values }, mostAtOnce) }];
  }

  /** A new attempt goes on from a checkpoint: what was sent after that step is sent again, as it is now. */
  private async forgetSuperseded(runIds: readonly string[]): Promise<void> {
    const { loaders } = this.context;
    for (const runId of runIds) {
      const run = await loaders.run.load(runId);
      const before = this.attempt.get(runId);
      if (!run || before === run.attempt) continue;
      this.attempt.set(runId, run.attempt);
      if (before === undefined) continue;
      const missed = (await loaders.attempts.load(runId)).filter((attempt) => attempt.attempt > before);
      const resumedStep = Math.min(...missed.map((attempt) => attempt.resumedStep));
      const sent = this.ofRun(runId);
      for (const [series, step] of sent) sent.set(series, Math.min(step, resumedStep));
    }
  }

  private lastSent(runId: string, series: string): number {
    return this.ofRun(runId).get(series) ?? -1;
  }

  private ofRun(runId: string): Map<string, number> {
    const map = this.sent.get(runId) ?? new Map<string, number>();
    this.sent.set(runId, map);
    return map;
  }
}
