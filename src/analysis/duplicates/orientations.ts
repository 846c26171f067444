/** @file The eight ways to turn and mirror a square picture. */
import type { Turn } from "@tessera/domain/duplicates/perceptualHash";
import { smallSide } from "@tessera/domain/duplicates/rule";

const n = smallSide;

const turns = {
  "as it is": { across: false, down: false, transposed: false },
  "mirrored left to right": { across: true, down: false, transposed: false },
  "mirrored top to bottom": { across: false, down: true, transposed: false },
  "turned by 180°": { across: true, down: true, transposed: false },
  transposed: { across: false, down: false, transposed: true },
  "turned by 90°": { across: false, down: true, transposed: true },
  "turned by 270°": { across: true, down: false, transposed: true },
  "transposed across": { across: true, down: true, transposed: true },
} as const satisfies Record<string, Turn>;
export type Orientation = keyof typeof turns;

export const orientations = Object.keys(turns) as Orientation[];

export interface Turning {
  readonly orientation: Orientation;
  readonly turn: Turn;
  /** [32*32] where each pixel of the turned picture comes from. */
  readonly order: Uint16Array;
}

/** The first leaves a picture as it is. */
export const turnings: readonly Turning[] = orientations.map((orientation) => {
  const turn: Turn = turns[orientation];
  const order = Uint16Array.from({ length: n * n }, (_, i) => {
    const [u, v] = turn.transposed ? [Math.floor(i / n), i % n] : [i % n, Math.floor(i / n)];
    return (turn.down ? n - 1 - v : v) * n + (turn.across ? n - 1 - u : u);
  });
  return { orientation, turn, order };
});
