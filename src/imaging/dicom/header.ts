/**
 * @file What is read of a DICOM file: how its pixels are kept and shown, and whose they are. Nothing else is looked at, so that a
 * malformed tag elsewhere does no harm, and nothing else can be stored (decision 0029).
 */
import { DomainError } from "@tessera/domain/errors";
import dicom, { type DataSet } from "dicom-parser";
import { pixelLimit } from "../decode.ts";

export const transferSyntaxes = {
  "1.2.840.10008.1.2": "raw",
  "1.2.840.10008.1.2.1": "raw",
  "1.2.840.10008.1.2.4.50": "jpeg",
  "1.2.840.10008.1.2.4.57": "jpegLossless",
  "1.2.840.10008.1.2.4.70": "jpegLossless",
  "1.2.840.10008.1.2.4.80": "jpegLs",
  "1.2.840.10008.1.2.4.81": "jpegLs",
  "1.2.840.10008.1.2.4.90": "jpeg2000",
  "1.2.840.10008.1.2.4.91": "jpeg2000",
  "1.2.840.10008.1.2.5": "rle",
} as const;
export type Packing = (typeof transferSyntaxes)[keyof typeof transferSyntaxes];

export interface VoiTable {
  /** The value that takes the first entry; values below take it too. */
  readonly first: number;
  readonly entries: Uint16Array;
  /** Of an entry. */
  readonly bits: number;
}

export interface FilmHeader {
  readonly packing: Packing;
  readonly width: number;
  readonly height: number;
  readonly bitsAllocated: 8 | 16;
  readonly bitsStored: number;
  readonly highBit: number;
  readonly signed: boolean;
  /** MONOCHROME1: the smallest value is shown white. */
  readonly inverted: boolean;
  readonly slope: number;
  readonly intercept: number;
  /** The first of them, where there are any. */
  readonly window: { readonly center: number; readonly width: number; readonly shape: string } | null;
  readonly table: VoiTable | null;
  /** mm between pixels of a row (x) and between rows (y); null: not known. */
  readonly spacing: { readonly x: number; readonly y: number } | null;
  /** null: none, or empty. */
  readonly patientId: string | null;
  /** The file says that text is burnt into the picture. */
  readonly burntIn: boolean;
}

export interface DicomFilm {
  readonly header: FilmHeader;
  /** As packed. */
  readonly pixels: Uint8Array;
}

export const bad = (message: string, details: Record<string, unknown> = {}) =>
  new DomainError("BAD_FILE", message, details);

/** dicom-parser throws strings and errors alike. @throws DomainError BAD_FILE */
export function parsing<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof DomainError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw bad(`The DICOM file is damaged or truncated; export it again (${reason.slice(0, 200)})`, { reason });
  }
}

/** @throws DomainError BAD_FILE */
export function openFilm(bytes: Uint8Array): DicomFilm {
  if (bytes.length < 132 || String.fromCharCode(...bytes.subarray(128, 132)) !== "DICM") {
    throw bad("Expected a DICOM file (with DICM after 128 bytes); the file is none", { found: "no DICOM" });
  }
  return parsing(() => {
    // Before the body is read: dicom-parser inflates a deflated one without a limit.
    const syntax = dicom.readPart10Header(bytes).string("x00020010") ?? "";
    const packing = transferSyntaxes[syntax as keyof typeof transferSyntaxes];
    if (packing === undefined) {
      throw bad(`The film's transfer syntax ${syntax} is not read; export it as Explicit VR Little Endian`, { syntax });
    }
    const data = dicom.parseDicom(bytes);
    const header = headerOf(data, packing);
    return { header, pixels: pixelData(data, header) };
  });
}

function headerOf(data: DataSet, packing: Packing): FilmHeader {
  const number = (tag: string, what: string): number => {
    const value = data.uint16(tag);
    if (value === undefined) throw bad(`The film does not say its ${what} (${tag}); export it as an image`);
    return value;
  };
  const [height, width] = [number("x00280010", "rows"), number("x00280011", "columns")];
  if (width === 0 || height === 0 || width * height > pixelLimit) {
    throw bad(`The film has ${width}x${height} pixels; expected 1 to ${pixelLimit / 1024 / 1024} megapixels`, {
      width,
      height,
    });
  }
  const frames = data.intString("x00280008") ?? 1;
  if (frames !== 1) throw bad(`The file holds ${frames} frames; expected one film per file`);
  const samples = data.uint16("x00280002") ?? 1;
  const photometric = data.string("x00280004")?.trim() ?? "";
  if (samples !== 1 || !/^MONOCHROME[12]$/.test(photometric)) {
    throw bad(`The picture is ${photometric || "of no stated kind"}; expected a grey film, MONOCHROME1 or MONOCHROME2`);
  }
  const bitsAllocated = number("x00280100", "bits allocated");
  const bitsStored = data.uint16("x00280101") ?? bitsAllocated;
  const highBit = data.uint16("x00280102") ?? bitsStored - 1;
  if (
    (bitsAllocated !== 8 && bitsAllocated !== 16) ||
    bitsStored < 1 ||
    highBit >= bitsAllocated ||
    highBit + 1 < bitsStored
  ) {
    throw bad(
      `The film keeps ${bitsStored} of ${bitsAllocated} bits up to bit ${highBit}; expected values of 8 or 16 bits`,
    );
  }
  if (data.elements.x00283000)
    throw bad("The film has a modality lookup table, which is not read; export it with a rescale");
  return {
    packing,
    width,
    height,
    bitsAllocated,
    bitsStored,
    highBit,
    signed: data.uint16("x00280103") === 1,
    inverted: photometric === "MONOCHROME1",
    slope: finite(data, "x00281053", 1),
    intercept: finite(data, "x00281052", 0),
    window: windowOf(data),
    table: tableOf(data),
    spacing: spacingOf(data),
    patientId: data.string("x00100020")?.trim() || null,
    burntIn: data.string("x00280301")?.trim().toUpperCase() === "YES",
  };
}

function finite(data: DataSet, tag: string, otherwise: number): number {
  const value = data.floatString(tag) ?? otherwise;
  if (Number.isFinite(value)) return value;
  throw bad(`The film's rescale (${tag}) is no number; mend it`);
}

function windowOf(data: DataSet): FilmHeader["window"] {
  const [center, width] = [data.floatString("x00281050", 0), data.floatString("x00281051", 0)];
  if (center === undefined || width === undefined) return null;
  const shape = data.string("x00281056")?.trim() || "LINEAR";
  const least = shape === "LINEAR" ? 1 : Number.MIN_VALUE;
  if (Number.isFinite(center) && width >= least && /^(LINEAR|LINEAR_EXACT|SIGMOID)$/.test(shape))
    return { center, width, shape };
  throw bad(`The film's window is ${center}, ${width} (${shape}), which means nothing; mend or remove it`);
}

/** The first VOI table (PS3.3, C.11.2.1.1). A signed film's first value is signed too. */
function tableOf(data: DataSet): VoiTable | null {
  const item = data.elements.x00283010?.items?.[0]?.dataSet;
  if (!item) return null;
  const [count, bits, element] = [item.uint16("x00283002", 0), item.uint16("x00283002", 2), item.elements.x00283006];
  const signed = data.uint16("x00280103") === 1;
  const first = signed ? item.int16("x00283002", 1) : item.uint16("x00283002", 1);
  const length = count === 0 ? 65536 : (count ?? 0);
  if (
    !element ||
    first === undefined ||
    bits === undefined ||
    bits < 8 ||
    bits > 16 ||
    (element.length !== 2 * length && element.length < length)
  ) {
    throw bad("The film's lookup table cannot be read; mend or remove it");
  }
  const wide = element.length >= 2 * length;
  const view = new DataView(item.byteArray.buffer, item.byteArray.byteOffset + element.dataOffset, element.length);
  const entries = Uint16Array.from({ length }, (_, at) => (wide ? view.getUint16(2 * at, true) : view.getUint8(at)));
  return { first, entries, bits };
}

/** Pixel Spacing, else that of the detector (not corrected for magnification). */
function spacingOf(data: DataSet): FilmHeader["spacing"] {
  for (const tag of ["x00280030", "x00181164"]) {
    const [y, x] = [data.floatString(tag, 0), data.floatString(tag, 1)];
    if (x !== undefined && y !== undefined && x > 0 && y > 0 && x < 1000 && y < 1000) return { x, y };
  }
  return null;
}

function pixelData(data: DataSet, { packing, width, height, bitsAllocated }: FilmHeader): Uint8Array {
  const element = data.elements.x7fe00010;
  if (!element) throw bad("The file has no pixels; export it as an image");
  if (packing !== "raw") {
    const { fragments } = element;
    if (!fragments || fragments.length === 0) throw bad("The film's packed pixels are missing; export it again");
    return Uint8Array.from(dicom.readEncapsulatedPixelDataFromFragments(data, element, 0, fragments.length));
  }
  const bytes = width * height * (bitsAllocated / 8);
  const found = data.byteArray.subarray(element.dataOffset, element.dataOffset + element.length);
  if (element.fragments || found.length < bytes) {
    throw bad(`The film is truncated: ${found.length} of ${bytes} bytes of pixels; export it again`, {
      truncated: true,
    });
  }
  return Uint8Array.from(found.subarray(0, bytes)); // a copy, so that 16-bit values lie on even bytes
}
