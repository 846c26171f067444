/** @file A mask under the pencil: its pixels, its picture, and its history. */
import { MaskHistory, union } from "./history.ts";
import { type Box, emptyMask, type MaskImage, type Paint, paint, type Reached } from "./maskImage.ts";
import { drawIndices } from "./overlay.ts";

export class MaskDrawing {
  readonly mask: MaskImage;
  readonly canvas: OffscreenCanvas;
  private readonly context: OffscreenCanvasRenderingContext2D;
  private readonly history: MaskHistory;
  private changed: Box | null = null;

  /** @param indices to begin with; they are copied */
  constructor(width: number, height: number, indices?: Uint8Array) {
    this.mask = indices ? { width, height, indices: indices.slice() } : emptyMask(width, height);
    this.history = new MaskHistory(this.mask);
    this.canvas = new OffscreenCanvas(width, height);
    this.context = this.canvas.getContext("2d")!;
    this.show({ x0: 0, y0: 0, x1: width, y1: height });
  }

  get canUndo(): boolean {
    return this.history.canUndo;
  }

  get canRedo(): boolean {
    return this.history.canRedo;
  }

  /** A part of a step. */
  paint(reached: Reached, how: Paint, box?: Box): void {
    const changed = paint(this.mask, reached, how, box);
    this.changed = union(this.changed, changed);
    this.show(changed);
  }

  /** What was painted since the last step is one. @returns whether anything was */
  end(): boolean {
    const changed = this.changed !== null;
    this.history.commit(this.changed);
    this.changed = null;
    return changed;
  }

  /** Another mask in its place, as one step. */
  replace(indices: Uint8Array): boolean {
    this.end();
    this.mask.indices.set(indices);
    this.changed = { x0: 0, y0: 0, x1: this.mask.width, y1: this.mask.height };
    this.show(this.changed);
    return this.end();
  }

  undo(): void {
    this.end();
    this.show(this.history.undo());
  }

  redo(): void {
    this.show(this.history.redo());
  }

  private show(box: Box | null): void {
    if (box !== null) drawIndices(this.context, this.mask, box);
  }
}
