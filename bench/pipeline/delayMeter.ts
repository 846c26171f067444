/** @file How late the event loop runs what is due: ticks of 1 ms, by libuv's own timer. */
import { monitorEventLoopDelay } from "node:perf_hooks";

const tickMs = 1;

export class DelayMeter {
  private phase: string | undefined;
  private readonly histograms = new Map<string, ReturnType<typeof monitorEventLoopDelay>>();

  /** From now on delays are those of this phase; "preparing" is not measured. */
  start(phase: string): void {
    if (phase === this.phase || phase === "preparing") return;
    this.stop();
    this.phase = phase;
    const histogram = monitorEventLoopDelay({ resolution: tickMs });
    histogram.enable();
    this.histograms.set(phase, histogram);
  }

  stop(): void {
    if (this.phase !== undefined) this.histograms.get(this.phase)!.disable();
  }

  /** ms: over all phases, and the worst of each. */
  figures() {
    const phases = [...this.histograms];
    const count = phases.reduce((sum, [, each]) => sum + each.count, 0);
    const late = (nanoseconds: number) => Number(Math.max(0, nanoseconds / 1e6 - tickMs).toPrecision(3));
    return {
      mean: late(phases.reduce((sum, [, each]) => sum + each.mean * each.count, 0) / count),
      worst: late(Math.max(...phases.map(([, each]) => each.max))),
      p999: late(Math.max(...phases.map(([, each]) => each.percentile(99.9)))),
      worstByPhase: Object.fromEntries(phases.map(([phase, each]) => [phase, late(each.max)])),
    };
  }
}
