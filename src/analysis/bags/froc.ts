/**
 * @file Free-response ROC of detections on slides, as CAMELYON16 defines it (Ehteshami Bejnordi et al. 2017, JAMA 318:2199; its
 * Evaluation_FROC.py): a lesion is found at its highest-scoring detection, a detection in no lesion is a false positive, and the score
 * is the mean sensitivity at 1/4, 1/2, 1, 2, 4 and 8 false positives a slide on average over all slides, read off the curve by straight lines.
 *
 * Differences: lesions are those given; which are too small to count (CAMELYON16: isolated tumour cells) and by how much an outline is
 * widened (75 µm there) is for the caller to say, by leaving detections out. CAMELYON16 leaves the lowest score out of its thresholds;
 * here it is one, so that the curve ends where every detection counts. Beyond its end the curve is flat, as there.
 */

export interface Detection {
  /** Higher: more likely a lesion. */
  readonly score: number;
  /** Of the slide's lesions, from 0; null: in none of them. */
  readonly lesion: number | null;
}

export interface SlideDetections {
  /** How many the slide has. */
  readonly lesions: number;
  readonly detections: readonly Detection[];
}

export interface FrocPoint {
  readonly threshold: number;
  /** Mean over slides. */
  readonly falsePositives: number;
  /** Of all lesions, the share found. */
  readonly sensitivity: number;
}

export interface Froc {
  /** From the highest threshold, where nothing is found. */
  readonly points: readonly FrocPoint[];
  readonly at: readonly { readonly falsePositives: number; readonly sensitivity: number }[];
  /** The mean of `at`. */
  readonly score: number;
  readonly slides: number;
  readonly lesions: number;
}

const camelyonFalsePositives = [1 / 4, 1 / 2, 1, 2, 4, 8] as const;

/** Null: there is no lesion, or no slide. */
export function froc(
  slides: readonly SlideDetections[],
  falsePositives: readonly number[] = camelyonFalsePositives,
): Froc | null {
  const lesions = slides.reduce((sum, slide) => sum + slide.lesions, 0);
  if (lesions === 0) return null;
  const wrong: number[] = [];
  const found: number[] = [];
  for (const { detections } of slides) {
    const best = new Map<number, number>();
    for (const { score, lesion } of detections) {
      if (lesion === null) wrong.push(score);
      else best.set(lesion, Math.max(score, best.get(lesion) ?? Number.NEGATIVE_INFINITY));
    }
    found.push(...best.values());
  }
  const falling = (a: number, b: number) => b - a;
  wrong.sort(falling);
  found.sort(falling);
  const points: FrocPoint[] = [{ threshold: Number.POSITIVE_INFINITY, falsePositives: 0, sensitivity: 0 }];
  let [alarms, hits] = [0, 0];
  for (const threshold of [...new Set([...wrong, ...found])].sort(falling)) {
    while (alarms < wrong.length && wrong[alarms]! >= threshold) alarms++;
    while (hits < found.length && found[hits]! >= threshold) hits++;
    points.push({ threshold, falsePositives: alarms / slides.length, sensitivity: hits / lesions });
  }
  const at = falsePositives.map((rate) => ({ falsePositives: rate, sensitivity: sensitivityAt(points, rate) }));
  const score = at.reduce((sum, { sensitivity }) => sum + sensitivity, 0) / at.length;
  return { points, at, score, slides: slides.length, lesions };
}

/** Where several points have one rate, the best of them; between rates a straight line. */
function sensitivityAt(points: readonly FrocPoint[], rate: number): number {
  const before = points.findLast(({ falsePositives }) => falsePositives <= rate)!;
  const after = points.find(({ falsePositives }) => falsePositives > rate);
  if (!after) return before.sensitivity;
  const share = (rate - before.falsePositives) / (after.falsePositives - before.falsePositives);
  return before.sensitivity + share * (after.sensitivity - before.sensitivity);
}
