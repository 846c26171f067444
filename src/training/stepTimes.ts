/**
 * @file Where the time of an epoch's steps goes.
 *
 * A step is under way from its dispatch to TensorFlow until its loss is there. All else is waiting, whatever for: a batch that
 * is not made yet, its copy into a tensor, a report that is being sent. Saving a checkpoint is neither.
 */
export class StepTimes {
  private stepMs = 0;
  private waitMs = 0;
  private steps = 0;
  private idleSince = performance.now();
  private dispatchedAt = 0;

  /** TensorFlow has nothing to do, and from now on that counts as waiting. */
  idle(): void {
    this.idleSince = performance.now();
  }

  dispatched(): void {
    this.dispatchedAt = performance.now();
    this.waitMs += this.dispatchedAt - this.idleSince;
  }

  done(): void {
    this.idle();
    this.stepMs += this.idleSince - this.dispatchedAt;
    this.steps++;
  }

  /** Means per step in ms; null before the first step. */
  means(): { readonly stepMs: number; readonly waitMs: number } | null {
    if (this.steps === 0) return null;
    return { stepMs: this.stepMs / this.steps, waitMs: this.waitMs / this.steps };
  }
}
