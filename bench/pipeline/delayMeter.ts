/**
 * @file How long the event loop is held up: ticks due every millisecond, and how late they come.
 *
 * `late` is by the clock. `held` is that less the time in which the thread could run and had no core, as the kernel counts it
 * (Linux): what this program computed or waited for itself, whatever else the machine does.
 */
import { readFileSync } from "node:fs";

const tickMs = 1;

interface Phase {
  ticks: number;
  lateMs: number;
  worstLateMs: number;
  worstHeldMs: number;
}

export class DelayMeter {
  private readonly phases = new Map<string, Phase>();
  private phase: Phase | undefined;
  private timer: NodeJS.Timeout | undefined;
  private at = 0;
  private withoutCoreAt = 0;

  /** From now on delays are those of this phase; "preparing" is not measured. */
  start(name: string): void {
    this.tick();
    if (name === "preparing") return;
    this.phase = this.phases.get(name) ?? { ticks: 0, lateMs: 0, worstLateMs: 0, worstHeldMs: 0 };
    this.phases.set(name, this.phase);
    if (this.timer !== undefined) return;
    [this.at, this.withoutCoreAt] = [performance.now(), withoutCoreMs()];
    this.timer = setInterval(() => this.tick(), tickMs);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private tick(): void {
    const { phase } = this;
    if (phase === undefined) return;
    const [now, withoutCore] = [performance.now(), withoutCoreMs()];
    const late = Math.max(0, now - this.at - tickMs);
    phase.ticks++;
    phase.lateMs += late;
    phase.worstLateMs = Math.max(phase.worstLateMs, late);
    phase.worstHeldMs = Math.max(phase.worstHeldMs, late - (withoutCore - this.withoutCoreAt));
    [this.at, this.withoutCoreAt] = [now, withoutCore];
  }

  /** ms. `mean` and `worst` by the clock, over all phases. */
  figures() {
    const phases = [...this.phases];
    const all = phases.map(([, phase]) => phase);
    const most = (of: (phase: Phase) => number) => rounded(Math.max(...all.map(of)));
    const total = (of: (phase: Phase) => number) => all.reduce((sum, phase) => sum + of(phase), 0);
    return {
      mean: rounded(total(({ lateMs }) => lateMs) / total(({ ticks }) => ticks)),
      worst: most(({ worstLateMs }) => worstLateMs),
      worstHeld: most(({ worstHeldMs }) => worstHeldMs),
      byPhase: Object.fromEntries(
        phases.map(([name, phase]) => [name, { worst: rounded(phase.worstLateMs), held: rounded(phase.worstHeldMs) }]),
      ),
    };
  }
}

/** ms that the main thread has waited for a core; 0 where the kernel does not say. */
function withoutCoreMs(): number {
  try {
    return Number(readFileSync("/proc/self/schedstat", "utf8").split(" ")[1]) / 1e6;
  } catch {
    return 0;
  }
}

const rounded = (ms: number): number => Number(ms.toPrecision(3));
