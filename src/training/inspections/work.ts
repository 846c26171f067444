/** @file Progress of a computation whose parts take unlike times. */
import type { Given } from "./given.ts";

export class Work {
  private readonly given: Pick<Given, "progress">;
  private readonly total: number;
  private done = 0;

  constructor(given: Pick<Given, "progress">, total: number) {
    this.given = given;
    this.total = total;
    given.progress(0, total);
  }

  did(part: number): void {
    this.done = Math.min(this.total, this.done + part);
    this.given.progress(this.done, this.total);
  }
}
