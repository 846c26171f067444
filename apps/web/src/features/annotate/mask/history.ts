/** @file Undo and redo: of each step the pixels of its box, before and after. The oldest steps go when all of them take too much memory. */
import type { Box, MaskImage } from "./maskImage.ts";

interface Step {
  readonly box: Box;
  readonly before: Uint8Array;
  readonly after: Uint8Array;
}

const mostBytes = 256 * 2 ** 20;

export class MaskHistory {
  private readonly mask: MaskImage;
  private done: Step[] = [];
  private undone: Step[] = [];
  private before: Uint8Array;

  constructor(mask: MaskImage) {
    this.mask = mask;
    this.before = mask.indices.slice();
  }

  get canUndo(): boolean {
    return this.done.length > 0;
  }

  get canRedo(): boolean {
    return this.undone.length > 0;
  }

  /** What was drawn since the last step is one step. @param box holds every pixel that changed; null: none did */
  commit(box: Box | null): void {
    if (box === null) return;
    const step = { box, before: patch(this.before, this.mask.width, box), after: patch(this.mask.indices, this.mask.width, box) }; // biome-ignore format: one line
    this.done.push(step);
    this.undone = [];
    put(this.before, this.mask.width, box, step.after);
    let bytes = this.done.reduce((sum, each) => sum + 2 * each.after.length, 0);
    while (bytes > mostBytes && this.done.length > 1) bytes -= 2 * this.done.shift()!.after.length;
  }

  /** @returns the box that changed; null: there is nothing to undo */
  undo(): Box | null {
    return this.move(this.done, this.undone, "before");
  }

  redo(): Box | null {
    return this.move(this.undone, this.done, "after");
  }

  private move(from: Step[], to: Step[], side: "before" | "after"): Box | null {
    const step = from.pop();
    if (!step) return null;
    to.push(step);
    put(this.mask.indices, this.mask.width, step.box, step[side]);
    put(this.before, this.mask.width, step.box, step[side]);
    return step.box;
  }
}

/** The smallest box that holds both. */
export const union = (a: Box | null, b: Box | null): Box | null =>
  a === null || b === null
    ? (a ?? b)
    : { x0: Math.min(a.x0, b.x0), y0: Math.min(a.y0, b.y0), x1: Math.max(a.x1, b.x1), y1: Math.max(a.y1, b.y1) };

function patch(indices: Uint8Array, width: number, { x0, y0, x1, y1 }: Box): Uint8Array {
  const cut = new Uint8Array((x1 - x0) * (y1 - y0));
  for (let y = y0; y < y1; y++) cut.set(indices.subarray(y * width + x0, y * width + x1), (y - y0) * (x1 - x0));
  return cut;
}

function put(indices: Uint8Array, width: number, { x0, y0, x1, y1 }: Box, cut: Uint8Array): void {
  for (let y = y0; y < y1; y++) {
    indices.set(cut.subarray((y - y0) * (x1 - x0), (y - y0 + 1) * (x1 - x0)), y * width + x0);
  }
}
