/**
 * @file Series of points. What an older attempt wrote after the step at which a newer one resumed is superseded: hidden
 * here, never deleted. So a curve has no seam and no step twice.
 */
import type { TeamSql } from "./database.ts";

export interface SeriesSummary {
  readonly runId: string;
  readonly series: string;
  readonly lastStep: number;
  /** May be NaN or infinite. */
  readonly lastValue: number;
}

export interface SeriesPoints {
  readonly runId: string;
  readonly series: string;
  /** Increasing. */
  readonly steps: number[];
  /** NaN and infinities are kept. */
  readonly values: number[];
}

/** One row per series of each run, by name. */
export function listSeries(sql: TeamSql, teamId: string, runIds: readonly string[]): Promise<SeriesSummary[]> {
  return sql<SeriesSummary[]>`
    select run_id, series, step as last_step, value as last_value
    from metric_last where team_id = ${teamId} and run_id = any(${runIds as string[]}::uuid[])
    order by run_id, series`;
}

interface Chunk {
  readonly runId: string;
  readonly series: string;
  readonly steps: number[];
  readonly pointValues: number[];
  /** The last step of this attempt that is still seen. */
  readonly lastSeenStep: number;
}

/**
 * The points of each run and series that has any, after `afterStep` where given.
 * @param series names; all where absent.
 */
export async function points(
  sql: TeamSql,
  teamId: string,
  {
    runIds,
    series,
    afterStep,
  }: { runIds: readonly string[]; series?: readonly string[] | null; afterStep?: number | null },
): Promise<SeriesPoints[]> {
  const after = afterStep ?? -1;
  const chunks = await sql<Chunk[]>`
    select c.run_id, c.series, c.steps, c.point_values, l.last_seen_step
    from metric_chunks c join attempt_limits l using (team_id, run_id, attempt)
    where c.team_id = ${teamId} and c.run_id = any(${runIds as string[]}::uuid[])
      and l.run_id = any(${runIds as string[]}::uuid[]) -- said twice: else the view reads every attempt of the team
      ${series ? sql`and c.series = any(${series as string[]})` : sql``}
      and c.last_step > ${after} and c.first_step <= l.last_seen_step
    order by c.run_id, c.series, c.attempt, c.sequence, c.part`;
  const curves = new Map<string, Curve>();
  for (const chunk of chunks) {
    const key = `${chunk.runId} ${chunk.series}`;
    const curve = curves.get(key) ?? { runId: chunk.runId, series: chunk.series, steps: [], values: [], ordered: true };
    curves.set(key, curve);
    append(curve, chunk, after);
  }
  return [...curves.values()].filter((curve) => curve.steps.length > 0).map(finish);
}

interface Curve extends SeriesPoints {
  ordered: boolean;
}

function append(curve: Curve, { steps, pointValues, lastSeenStep }: Chunk, after: number): void {
  for (let i = 0; i < steps.length; i++) {
    const step = steps[i]!;
    if (step <= after || step > lastSeenStep) continue;
    const last = curve.steps.at(-1);
    if (last !== undefined && step <= last) curve.ordered = false;
    curve.steps.push(step);
    curve.values.push(pointValues[i]!);
  }
}

/** In order as written, nearly always. Else sorted, and of a step written twice the newest value stays. */
function finish({ runId, series, steps, values, ordered }: Curve): SeriesPoints {
  if (ordered) return { runId, series, steps, values };
  const newest = new Map(steps.map((step, i) => [step, values[i]!]));
  const sorted = [...newest.keys()].sort((a, b) => a - b);
  return { runId, series, steps: sorted, values: sorted.map((step) => newest.get(step)!) };
}
