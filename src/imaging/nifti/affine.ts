/** @file From a NIfTI header to the volume's place in the patient: its affine, and how to turn it to RAS+. */
import { DomainError } from "@tessera/domain/errors";

/** Rows x, y, z in mm (right, anterior, superior); columns i, j, k and the offset. */
export type Affine = readonly (readonly [number, number, number, number])[];

export interface SpatialFields {
  readonly shape: readonly [number, number, number];
  /** pixdim[0..3] */
  readonly pixDims: readonly number[];
  readonly qformCode: number;
  readonly sformCode: number;
  readonly quaternion: readonly [b: number, c: number, d: number];
  readonly offset: readonly [number, number, number];
  /** srow_x, srow_y, srow_z */
  readonly rows: Affine;
}

/**
 * The sform where it has a code, else the qform, else pixel sizes with x from right to left around the middle: as nibabel
 * chooses, which is not what the NIfTI standard says where both codes are set.
 * @throws DomainError BAD_FILE for one that cannot be inverted
 */
export function affineOf(fields: SpatialFields): Affine {
  const affine =
    fields.sformCode !== 0 ? fields.rows : fields.qformCode !== 0 ? quaternionAffine(fields) : plain(fields);
  const all = affine.flat();
  if (!all.every(Number.isFinite) || Math.abs(determinant(directions(affine))) < 1e-6) {
    throw new DomainError(
      "BAD_FILE",
      "The volume's place in the patient cannot be read (its affine is singular); mend its header",
    );
  }
  return affine;
}

function plain({ shape, pixDims }: SpatialFields): Affine {
  const sizes = [-pixDims[1]!, pixDims[2]!, pixDims[3]!];
  return sizes.map((size, axis) => {
    const row: [number, number, number, number] = [0, 0, 0, (-size * (shape[axis]! - 1)) / 2];
    row[axis] = size;
    return row;
  });
}

/** nifti1.h, method 2. */
function quaternionAffine({ pixDims, quaternion: [b, c, d], offset }: SpatialFields): Affine {
  const rest = 1 - (b * b + c * c + d * d);
  if (rest < -1e-6)
    throw new DomainError("BAD_FILE", "The volume's rotation is no rotation (quaternion); mend its header");
  const a = Math.sqrt(Math.max(0, rest));
  const turn = pixDims[0] === -1 ? -1 : 1;
  const rotation = [
    [a * a + b * b - c * c - d * d, 2 * (b * c - a * d), 2 * (b * d + a * c)],
    [2 * (b * c + a * d), a * a + c * c - b * b - d * d, 2 * (c * d - a * b)],
    [2 * (b * d - a * c), 2 * (c * d + a * b), a * a + d * d - b * b - c * c],
  ];
  return rotation.map(
    ([x, y, z], axis) => [x! * pixDims[1]!, y! * pixDims[2]!, z! * pixDims[3]! * turn, offset[axis]!] as const,
  );
}

/** For each axis of the patient (right, anterior, superior): the volume's axis along it, and whether it runs backwards. */
export type Orientation = readonly (readonly [axis: number, backwards: boolean])[];

/**
 * The orientation closest to the affine, as nibabel.io_orientation: each of the volume's axes, the most decided first, takes the
 * patient's axis that it follows most of those left, by the rotation nearest to the affine (polar decomposition).
 */
export function orientationOf(affine: Affine): Orientation {
  const rotation = nearestRotation(directions(affine));
  const column = (axis: number) => rotation.map((row) => row[axis]!);
  const decided = [0, 1, 2].map((axis) => Math.max(...column(axis).map((value) => value ** 2)));
  const order = [0, 1, 2].sort((a, b) => decided[b]! - decided[a]!);
  const result: (readonly [number, boolean] | undefined)[] = [undefined, undefined, undefined];
  for (const axis of order) {
    const values = column(axis);
    let best = -1;
    for (const [out, value] of values.entries()) {
      if (result[out] === undefined && (best < 0 || Math.abs(value) > Math.abs(values[best]!))) best = out;
    }
    result[best] = [axis, values[best]! < 0];
  }
  return result as Orientation;
}

/** The affine of the volume after it was turned. */
export function turnedAffine(affine: Affine, shape: readonly number[], orientation: Orientation): Affine {
  return affine.map((row) => {
    let offset = row[3];
    const steps = orientation.map(([axis, backwards]) => {
      if (backwards) offset += row[axis]! * (shape[axis]! - 1);
      return backwards ? -row[axis]! : row[axis]!;
    });
    return [steps[0]!, steps[1]!, steps[2]!, offset] as const;
  });
}

/** Columns of length 1. */
const directions = (affine: Affine): number[][] => {
  const lengths = [0, 1, 2].map((axis) => Math.hypot(...affine.map((row) => row[axis]!)) || 1);
  return affine.map((row) => [0, 1, 2].map((axis) => row[axis]! / lengths[axis]!));
};

/** Higham 1986: X ← (X + X⁻ᵀ) / 2 runs into the orthogonal factor. */
function nearestRotation(matrix: number[][]): number[][] {
  let at = matrix;
  for (let round = 0; round < 60; round++) {
    const inverse = inverseTransposed(at);
    const next = at.map((row, i) => row.map((value, j) => (value + inverse[i]![j]!) / 2));
    const change = Math.max(...next.flatMap((row, i) => row.map((value, j) => Math.abs(value - at[i]![j]!))));
    at = next;
    if (change < 1e-14) break;
  }
  return at;
}

const cofactor = (m: number[][], i: number, j: number) => {
  const [a, b] = [(i + 1) % 3, (i + 2) % 3];
  const [c, d] = [(j + 1) % 3, (j + 2) % 3];
  return m[a]![c]! * m[b]![d]! - m[a]![d]! * m[b]![c]!;
};

const determinant = (m: number[][]) => [0, 1, 2].reduce((sum, j) => sum + m[0]![j]! * cofactor(m, 0, j), 0);

const inverseTransposed = (m: number[][]) => {
  const whole = determinant(m);
  return m.map((row, i) => row.map((_, j) => cofactor(m, i, j) / whole));
};
