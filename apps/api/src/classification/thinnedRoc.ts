/** @file A ROC curve with as many points as a picture needs. */
import type { RocPoint } from "@tessera/analysis/classification/roc";

/**
 * Its corners: points inside a straight piece are left out, which moves the curve nowhere. Of more than `most` corners every
 * k-th and the last.
 */
export function thinnedRoc(points: readonly RocPoint[], most = 200): RocPoint[] {
  const corners = points.filter((point, i) => {
    const [before, after] = [points[i - 1], points[i + 1]];
    return !before || !after || turn(before, point, after) !== 0;
  });
  if (corners.length <= most) return corners;
  const step = Math.ceil((corners.length - 1) / (most - 1));
  return corners.filter((_, i) => i % step === 0 || i === corners.length - 1);
}

/** Twice the area of the triangle of three points; rounding aside 0 on a straight line. */
function turn(a: RocPoint, b: RocPoint, c: RocPoint): number {
  const [x1, y1] = [b.falsePositiveRate - a.falsePositiveRate, b.sensitivity - a.sensitivity];
  const [x2, y2] = [c.falsePositiveRate - b.falsePositiveRate, c.sensitivity - b.sensitivity];
  const area = x1 * y2 - x2 * y1;
  return Math.abs(area) < 1e-12 ? 0 : area;
}
