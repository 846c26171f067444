/**
 * @file A run that a script trains itself. Values are buffered and sent in numbered batches; a batch keeps its number when
 * it is sent again, and the server applies each number once, so that a lost answer doubles nothing.
 */
import { type Predictions, scorePredictions, type Upload } from "./predictions.ts";
import type { Query } from "./query.ts";
import { retried } from "./retried.ts";

export interface NewForeignRun {
  readonly project: string;
  readonly name: string;
  readonly arm?: string;
  readonly seed?: number;
  readonly configuration?: Readonly<Record<string, unknown>>;
}

interface Batch {
  readonly sequence: number;
  readonly points: readonly { series: string; steps: number[]; values: (number | null)[] }[];
}

const pointsPerBatch = 2000;
const flushMs = 5000;

export class ForeignRun {
  readonly id: string;
  private readonly query: Query;
  private readonly upload: Upload;
  private readonly attempt: number;
  private sequence = 0;
  private buffered = 0;
  private buffer = new Map<string, { steps: number[]; values: (number | null)[] }>();
  private readonly lastStep = new Map<string, number>();
  private readonly unsent: Batch[] = [];
  private sending: Promise<void> = Promise.resolve();
  private timer: ReturnType<typeof setTimeout> | undefined;

  private constructor(query: Query, upload: Upload, id: string, attempt: number) {
    this.query = query;
    this.upload = upload;
    this.id = id;
    this.attempt = attempt;
  }

  static async start(query: Query, upload: Upload, run: NewForeignRun): Promise<ForeignRun> {
    const { createForeignRun } = await query<{ createForeignRun: { id: string; attempt: number } }>(
      "mutation ($input: CreateForeignRunInput!) { createForeignRun(input: $input) { id attempt } }",
      {
        input: {
          projectName: run.project,
          name: run.name,
          arm: run.arm,
          seed: run.seed,
          configuration: run.configuration ?? {},
        },
      },
    );
    return new ForeignRun(query, upload, createForeignRun.id, createForeignRun.attempt);
  }

  /** Notes values of some series at a step. Sent in the background; NaN and infinities become gaps. */
  log(step: number, values: Readonly<Record<string, number>>): void {
    for (const [series, value] of Object.entries(values)) {
      const last = this.lastStep.get(series) ?? -1;
      if (!Number.isSafeInteger(step) || step <= last) {
        throw new RangeError(`${series}: expected a whole step above ${last}, got ${step}`);
      }
      this.lastStep.set(series, step);
      const points = this.buffer.get(series) ?? { steps: [], values: [] };
      this.buffer.set(series, points);
      points.steps.push(step);
      points.values.push(Number.isFinite(value) ? value : null);
      this.buffered++;
    }
    if (this.buffered >= pointsPerBatch)
      void this.flush().catch(() => undefined); // kept, and thrown by finish
    else this.timer ??= setTimeout(() => void this.flush().catch(() => undefined), flushMs);
  }

  /** Sends what is buffered, and what an earlier flush could not send. @throws TesseraError when it cannot be sent. */
  flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.buffered > 0) {
      const points = [...this.buffer].map(([series, lists]) => ({ series, ...lists }));
      this.unsent.push({ sequence: ++this.sequence, points });
      this.buffer = new Map();
      this.buffered = 0;
    }
    this.sending = this.sending.catch(() => undefined).then(() => this.send());
    return this.sending;
  }

  /**
   * Has the run's predicted masks scored as the platform scores its own; resolves once a worker has. A fold that is scored
   * again is recorded as such. @throws TesseraError with what was refused, or which masks cannot be scored.
   */
  scorePredictions(predictions: Predictions): Promise<void> {
    return scorePredictions(this.query, this.upload, this.id, predictions);
  }

  /** Sends the rest and ends the run. */
  async finish(state: "SUCCEEDED" | "FAILED" | "CANCELLED" = "SUCCEEDED"): Promise<void> {
    await this.flush();
    await retried(() =>
      this.query("mutation ($id: UUID!, $state: RunState!) { finishForeignRun(id: $id, state: $state) { id } }", {
        id: this.id,
        state,
      }),
    );
  }

  /** In order; a batch leaves the list only when the server has it. */
  private async send(): Promise<void> {
    for (let batch = this.unsent[0]; batch !== undefined; batch = this.unsent[0]) {
      const input = { runId: this.id, attempt: this.attempt, ...batch };
      await retried(() =>
        this.query("mutation ($input: LogPointsInput!) { logPoints(input: $input) { applied } }", { input }),
      );
      this.unsent.shift();
    }
  }
}
