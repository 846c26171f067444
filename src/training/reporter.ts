/**
 * @file Gathers points and sends them in events of about a second's worth, one send at a time.
 *
 * What is given to `report` in one call reaches the run at once or not at all: a checkpoint travels with the points that
 * lead to it, so no crash can leave one without the other.
 */
import type { TrainerEvent } from "@tessera/domain/events";

/** Resolves when the events are safe (on disk, or applied). Called again only after that. */
export type Emit = (events: readonly TrainerEvent[]) => Promise<void>;

const everyMs = 1000;

export class Reporter {
  private readonly emit: Emit;
  private series = new Map<string, { steps: number[]; values: number[] }>();
  private sending: Promise<void> = Promise.resolve();
  private lastSent = performance.now();

  constructor(emit: Emit) {
    this.emit = emit;
  }

  point(series: string, step: number, value: number): void {
    const points = this.series.get(series) ?? { steps: [], values: [] };
    this.series.set(series, points);
    points.steps.push(step);
    points.values.push(value);
  }

  /** Sends when a second has passed. Waits only while the send before is under way. */
  async tick(progress: TrainerEvent): Promise<void> {
    if (performance.now() - this.lastSent < everyMs) return;
    await this.sending;
    this.start([progress]);
  }

  /** Sends the points so far and `events` as one, and waits until they are safe. */
  async report(...events: readonly TrainerEvent[]): Promise<void> {
    await this.sending;
    this.start(events);
    await this.sending;
  }

  private start(events: readonly TrainerEvent[]): void {
    const points = [...this.series].map(([series, { steps, values }]) => ({
      type: "points" as const,
      series,
      steps,
      values,
    }));
    this.series = new Map();
    this.lastSent = performance.now();
    const all = [...points, ...events];
    this.sending = all.length === 0 ? Promise.resolve() : this.emit(all);
    this.sending.catch(() => undefined); // thrown by whoever awaits it next
  }
}
