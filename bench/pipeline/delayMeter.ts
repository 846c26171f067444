/**
 * @file How long the event loop is held up: ticks due every millisecond, and how late they come.
 *
 * `late` is by the clock; on a machine that others use too, much of it is waiting for a core. `busy` is what the thread itself
 * computed between two ticks: what this program is to blame for, whatever else runs.
 */
const tickMs = 1;

interface Phase {
  ticks: number;
  lateMs: number;
  worstLateMs: number;
  worstBusyMs: number;
}

export class DelayMeter {
  private readonly phases = new Map<string, Phase>();
  private phase: Phase | undefined;
  private timer: NodeJS.Timeout | undefined;
  private at = 0;
  private busyAt = 0;

  /** From now on delays are those of this phase; "preparing" is not measured. */
  start(name: string): void {
    this.tick();
    if (name === "preparing") return;
    this.phase = this.phases.get(name) ?? { ticks: 0, lateMs: 0, worstLateMs: 0, worstBusyMs: 0 };
    this.phases.set(name, this.phase);
    if (this.timer !== undefined) return;
    [this.at, this.busyAt] = [performance.now(), busyMs()];
    this.timer = setInterval(() => this.tick(), tickMs);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private tick(): void {
    const { phase } = this;
    if (phase === undefined) return;
    const [now, busy] = [performance.now(), busyMs()];
    const late = Math.max(0, now - this.at - tickMs);
    phase.ticks++;
    phase.lateMs += late;
    phase.worstLateMs = Math.max(phase.worstLateMs, late);
    phase.worstBusyMs = Math.max(phase.worstBusyMs, busy - this.busyAt);
    [this.at, this.busyAt] = [now, busy];
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
      worstBusy: most(({ worstBusyMs }) => worstBusyMs),
      byPhase: Object.fromEntries(
        phases.map(([name, phase]) => [name, { worst: rounded(phase.worstLateMs), busy: rounded(phase.worstBusyMs) }]),
      ),
    };
  }
}

/** CPU time of this thread. */
function busyMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

const rounded = (ms: number): number => Number(ms.toPrecision(3));
