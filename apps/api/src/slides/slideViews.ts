/** @file Tiles of slides for viewers, rendered by slide children of the api's own and kept for a while (decision 0048). */
import { DomainError } from "@tessera/domain/errors";
import { openSlides, type Slides } from "@tessera/imaging/slides/client";

export interface SlideTile {
  /** Decides the pixels, with the three numbers. */
  readonly sha256: string;
  readonly level: number;
  readonly column: number;
  readonly row: number;
}

export interface SlideViewOptions {
  /** Slide children, each for one tile at a time; none before the first tile. */
  readonly processes?: number;
  /** Tiles that wait for a child; those above are refused. */
  readonly mostWaiting?: number;
  /** Of the tiles that are remembered. */
  readonly cacheBytes?: number;
  /** Wall clock of one tile, ms: a slide without smaller levels is read whole for its coarsest tile. */
  readonly limitMs?: number;
}

export class SlideViews {
  private readonly slides: Slides;
  private readonly limits: Required<SlideViewOptions>;
  private readonly remembered = new Map<string, Buffer>();
  private bytes = 0;
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(slides: Slides, limits: Required<SlideViewOptions>) {
    this.slides = slides;
    this.limits = limits;
  }

  /**
   * JPEG. A tile nobody waits for any more is not rendered, unless a child is at it already.
   * @param path of the slide on this machine. @param signal aborts when the client leaves
   * @throws DomainError BAD_FILE; NOT_FOUND outside the slide; RATE_LIMITED when too many tiles wait
   */
  async tile(path: string, asked: SlideTile, signal: AbortSignal): Promise<Buffer> {
    const { sha256, level, column, row } = asked;
    const key = `${sha256} ${level} ${column} ${row}`;
    const known = this.recall(key);
    if (known) return known;
    await this.turn(signal);
    try {
      return this.recall(key) ?? this.remember(key, await this.render(path, asked));
    } finally {
      this.running--;
      this.waiting.shift()?.();
    }
  }

  close(): Promise<void> {
    return this.slides.close();
  }

  /** What crossed from a child is a Uint8Array. Its ending was checked when the slide was imported: its name has none here. */
  private async render(path: string, { sha256, level, column, row }: SlideTile): Promise<Buffer> {
    return Buffer.from(await this.slides.zoomTile({ path, name: sha256 }, level, column, row));
  }

  private turn(signal: AbortSignal): Promise<void> {
    const { processes, mostWaiting } = this.limits;
    if (signal.aborted) return Promise.reject(signal.reason);
    if (this.running < processes) {
      this.running++;
      return Promise.resolve();
    }
    if (this.waiting.length >= mostWaiting) {
      const message = `${mostWaiting} tiles of slides wait already; ask again in a second`;
      return Promise.reject(new DomainError("RATE_LIMITED", message, { mostWaiting }));
    }
    return new Promise((resolve, reject) => {
      const start = () => {
        signal.removeEventListener("abort", leave);
        this.running++;
        resolve();
      };
      const leave = () => {
        this.waiting.splice(this.waiting.indexOf(start), 1);
        reject(signal.reason);
      };
      this.waiting.push(start);
      signal.addEventListener("abort", leave, { once: true });
    });
  }

  private recall(key: string): Buffer | undefined {
    const jpeg = this.remembered.get(key);
    if (!jpeg) return undefined;
    this.remembered.delete(key); // set again, so that the map's order is the order of use
    this.remembered.set(key, jpeg);
    return jpeg;
  }

  private remember(key: string, jpeg: Buffer): Buffer {
    this.remembered.set(key, jpeg);
    this.bytes += jpeg.length;
    for (const [oldest, { length }] of this.remembered) {
      if (this.bytes <= this.limits.cacheBytes) break;
      this.remembered.delete(oldest);
      this.bytes -= length;
    }
    return jpeg;
  }
}

const usual = { processes: 2, mostWaiting: 200, cacheBytes: 64 * 2 ** 20, limitMs: 60_000 };

export function openSlideViews(options: SlideViewOptions = {}): SlideViews {
  const limits = { ...usual, ...options };
  return new SlideViews(openSlides({ processes: limits.processes, limitMs: limits.limitMs }), limits);
}
