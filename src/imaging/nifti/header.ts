/**
 * @file A NIfTI file's header, checked before anything is allocated by what it claims.
 *
 * nifti-reader-js reads the fields; its decompression has no limit and its affine follows another rule than nibabel's, so neither
 * is used.
 */
import { DomainError } from "@tessera/domain/errors";
import { isNIFTI1, isNIFTI2, NIFTI1, NIFTI2 } from "nifti-reader-js";
import { type Affine, affineOf, type Orientation, orientationOf, turnedAffine } from "./affine.ts";
import type { VoxelType } from "./voxels.ts";
import { voxelTypes } from "./voxels.ts";

/** Of one volume, decompressed: 512 x 512 x 1000 voxels of 16 bits. */
export const volumeByteLimit = 512 * 2 ** 20;
export const headerBytes = 540;

export interface VolumeHeader {
  /** As stored: i runs fastest. */
  readonly shape: readonly [number, number, number];
  readonly type: VoxelType;
  readonly littleEndian: boolean;
  /** Where the voxels begin in the decompressed file. */
  readonly start: number;
  /** value = stored * slope + inter */
  readonly slope: number;
  readonly inter: number;
  /** How to turn the volume to RAS+. */
  readonly orientation: Orientation;
  /** Voxels to mm, after turning. */
  readonly affine: Affine;
  /** Voxel sides in mm after turning: left-right, back-front, down-up. */
  readonly spacing: readonly [number, number, number];
}

const bad = (message: string, details: Record<string, unknown> = {}) => new DomainError("BAD_FILE", message, details);

/** @param bytes the decompressed file, or its first 540 bytes. @throws DomainError BAD_FILE */
export function readVolumeHeader(bytes: Buffer): VolumeHeader {
  const file = bytes.buffer.slice(
    bytes.byteOffset,
    bytes.byteOffset + Math.min(bytes.length, headerBytes),
  ) as ArrayBuffer;
  const second = file.byteLength >= headerBytes && isNIFTI2(file);
  if (!second && !(file.byteLength >= 348 && isNIFTI1(file))) {
    throw bad("Expected a NIfTI volume in one file (.nii or .nii.gz); the file is none, or ends within its header", {
      found: "no NIfTI header",
    });
  }
  const header = second ? new NIFTI2() : new NIFTI1();
  header.readHeader(second ? file : file.slice(0, 348)); // of exactly its length, so that no extension is looked for
  const shape = shapeOf(header.dims);
  const type = voxelTypes.get(header.datatypeCode);
  if (type === undefined) {
    throw bad(
      `The volume's values have type ${header.datatypeCode} (${header.getDatatypeCodeString(header.datatypeCode)}); expected integers or floats, one a voxel`,
    );
  }
  const need = shape[0] * shape[1] * shape[2] * type.bytes;
  if (need > volumeByteLimit) {
    throw bad(
      `The volume is too large: ${shape.join("x")} voxels of ${type.bytes} bytes are over the limit of ${volumeByteLimit / 2 ** 20} MiB; crop or resample it`,
      { shape, volumeByteLimit },
    );
  }
  const least = second ? 544 : 352;
  const start = header.vox_offset === 0 ? least : header.vox_offset;
  if (!(Number.isInteger(start) && start >= least && start <= volumeByteLimit)) {
    throw bad(`The header says that voxels begin at byte ${header.vox_offset}; expected ${least} or more`);
  }
  const fields = new DataView(file);
  const rows = [0, 1, 2].map((row) => {
    const at = (column: number) =>
      second
        ? fields.getFloat64(400 + (row * 4 + column) * 8, header.littleEndian)
        : fields.getFloat32(280 + (row * 4 + column) * 4, header.littleEndian);
    return [at(0), at(1), at(2), at(3)] as const;
  });
  const affine = affineOf({
    shape,
    pixDims: header.pixDims,
    qformCode: header.qform_code,
    sformCode: header.sform_code,
    quaternion: [header.quatern_b, header.quatern_c, header.quatern_d],
    offset: [header.qoffset_x, header.qoffset_y, header.qoffset_z],
    rows,
  });
  const orientation = orientationOf(affine);
  const side = (axis: number) => spacingOf(header.pixDims[axis + 1]!, header.xyzt_units);
  return {
    shape,
    type,
    littleEndian: header.littleEndian,
    start,
    ...scaleOf(header.scl_slope, header.scl_inter),
    orientation,
    affine: turnedAffine(affine, shape, orientation),
    spacing: [side(orientation[0]![0]), side(orientation[1]![0]), side(orientation[2]![0])],
  };
}

function shapeOf(dims: readonly number[]): [number, number, number] {
  const rank = dims[0]!;
  if (!Number.isInteger(rank) || rank < 1 || rank > 7) throw bad(`The header claims ${rank} dimensions; expected 3`);
  const sides = dims.slice(1, rank + 1);
  if (!sides.every((side) => Number.isInteger(side) && side >= 1)) {
    throw bad(`The header claims the shape ${sides.join("x")}; expected whole numbers from 1 on`);
  }
  if (rank < 3 || sides.slice(3).some((side) => side > 1)) {
    throw bad(`Expected a volume of three dimensions, got ${sides.join("x")}; export one volume or channel per file`);
  }
  return [sides[0]!, sides[1]!, sides[2]!];
}

/** No scaling where the slope is 0 or no number. @throws DomainError BAD_FILE */
function scaleOf(slope: number, inter: number): { slope: number; inter: number } {
  if (slope === 0 || !Number.isFinite(slope)) return { slope: 1, inter: 0 };
  if (!Number.isFinite(inter))
    throw bad(`The header scales values by ${slope} and shifts them by ${inter}; mend its header`);
  return { slope, inter };
}

/** xyzt_units: metres 1, mm 2, microns 3; unknown is taken for mm, which nearly all writers mean. */
function spacingOf(pixDim: number, units: number): number {
  const mm = Math.abs(pixDim) * ({ 1: 1000, 3: 0.001 }[units & 7] ?? 1);
  if (Number.isFinite(mm) && mm > 0) return mm;
  throw bad(`The header claims a voxel side of ${pixDim}; expected mm above 0`);
}
