/**
 * @file When a run begins to learn corrupted labels by heart, and how much of them it has at the end: by one stated rule per task.
 *
 * Of classes by the share of corrupted labels that are predicted as given: a network that knows the pattern alone predicts none of
 * them, and one that knows nothing can fit as many as the best single answer does. Of masks, where every mask is fitted in part, by
 * the gap between what corrupted and clean ones cost, which rises while the pattern is learnt and closes when the errors are.
 */

/** Epochs from 1. */
export interface MemorisationCurves {
  readonly epochs: readonly number[];
  /** One per epoch; null: not told. */
  readonly cleanLoss: readonly (number | null)[];
  readonly corruptedLoss: readonly (number | null)[];
  readonly cleanFitted: readonly (number | null)[];
  readonly corruptedFitted: readonly (number | null)[];
  readonly corruptedAsTrue: readonly (number | null)[];
  readonly corruptedChance: readonly (number | null)[];
}

export interface MemorisationFound {
  /** The first epoch of memorisation; null: it does not begin in these epochs. */
  readonly onset: number | null;
  /** At the last epoch; null: nothing is corrupted. Of classes beyond chance, of masks of the widest gap: below 0 is none. */
  readonly share: number | null;
}

/** How far above chance, of the way from there to all, a share must stay to be memorised; or how far a gap must have closed. */
const tenth = 0.1;

export const onsetRules = {
  classes:
    "Onset: the first of three epochs in a row in which more corrupted labels are predicted as given than the best single answer fits, by a tenth of what is left. Memorised share: what is fitted beyond that answer, of what it leaves",
  masks:
    "Onset: the first of three epochs in a row, after the widest gap between the losses of corrupted and clean masks, in which a tenth of it has closed. Memorised share: how much of it has closed at the end",
} as const;

/** Of whichever kind the curves are. */
export function memorisationOf(curves: MemorisationCurves): MemorisationFound {
  const isOfClasses = curves.corruptedFitted.some((share) => share !== null);
  return isOfClasses ? ofClasses(curves) : ofMasks(curves);
}

function ofClasses({ epochs, corruptedFitted, corruptedChance }: MemorisationCurves): MemorisationFound {
  const beyond = epochs.map((_, at) => {
    const [fitted, chance] = [corruptedFitted[at] ?? null, corruptedChance[at] ?? null];
    if (fitted === null || chance === null) return null;
    return chance < 1 ? (fitted - chance) / (1 - chance) : null; // one answer fits them all: nothing to tell
  });
  return { onset: lastingFrom(epochs, beyond, 0), share: beyond.at(-1) ?? null };
}

function ofMasks({ epochs, cleanLoss, corruptedLoss }: MemorisationCurves): MemorisationFound {
  const gaps = epochs.map((_, at) => {
    const [clean, corrupted] = [cleanLoss[at] ?? null, corruptedLoss[at] ?? null];
    return clean === null || corrupted === null ? null : corrupted - clean;
  });
  const widest = Math.max(...gaps.filter((gap) => gap !== null));
  if (!(widest > 0)) return { onset: null, share: null };
  const closed = gaps.map((gap) => (gap === null ? null : 1 - gap / widest));
  return { onset: lastingFrom(epochs, closed, gaps.indexOf(widest)), share: closed.at(-1) ?? null };
}

/** A lucky epoch is no onset, and one bad epoch later, as of a rate that is too high, does not undo it. */
const inARow = 3;

/** The first epoch, from the place given on, that begins so many with a share above a tenth; at the end of a run fewer will do. */
function lastingFrom(epochs: readonly number[], shares: readonly (number | null)[], from: number): number | null {
  const first = epochs.findIndex(
    (_, at) => at >= from && shares.slice(at, at + inARow).every((share) => share !== null && share > tenth),
  );
  return epochs[first] ?? null;
}
