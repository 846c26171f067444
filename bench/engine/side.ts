/** @file One side's measurements: steps that count, and that the process was quiet while others ran. */
import { median } from "@tessera/analysis/summary";
import type { Child } from "./child.ts";
import type { Moment, Ran } from "./protocol.ts";

export class Side {
  readonly name: string;
  readonly child: Child;
  /** Not counted: the first steps, where everything is made and warmed. */
  warmUp: Ran | undefined;
  readonly seconds: number[] = [];
  /** Cores that it kept busy between its turns, the most. */
  idleCores = 0;
  private last: Moment | undefined;

  constructor(name: string, child: Child) {
    this.name = name;
    this.child = child;
  }

  /** @param limit seconds */
  async warm(steps: number, limit?: number): Promise<void> {
    this.warmUp = await this.run(steps, limit);
  }

  async count(steps: number): Promise<void> {
    this.seconds.push(...(await this.run(steps)).seconds);
  }

  /** Of the steps that count; before any, of the warm-up but for its first step. */
  get median(): number {
    return median(this.seconds.length > 0 ? this.seconds : this.warmUp!.seconds.slice(1))!;
  }

  private async run(steps: number, limit?: number): Promise<Ran> {
    const ran = await this.child.ask({ do: "run", steps }, limit);
    if (ran.losses.some((loss) => !Number.isFinite(loss))) {
      throw new Error(`${this.name}: a loss is not finite: ${ran.losses.join(", ")}`);
    }
    if (this.last !== undefined) {
      const { wall, cpu } = this.last;
      this.idleCores = Math.max(this.idleCores, (ran.start.cpu - cpu) / (ran.start.wall - wall));
    }
    this.last = ran.end;
    return ran;
  }
}
