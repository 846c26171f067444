/** @file A film's stored values, unpacked. Loads the codecs: only the decoder child imports this. */
import sharp from "sharp";
import { reading } from "../decode.ts";
import { bad, type DicomFilm, type FilmHeader, parsing } from "./header.ts";
import { losslessJpeg } from "./losslessJpeg.ts";
import { unpackRuns } from "./rle.ts";

/** @returns [height*width], before the rescale. @throws DomainError BAD_FILE */
export async function storedValues(film: DicomFilm): Promise<Int32Array> {
  const { header } = film;
  const values = await unpacked(film);
  const pixels = header.width * header.height;
  if (values.length !== pixels) throw bad(`The film has ${values.length} values; expected ${pixels}; export it again`);
  const { bitsStored, highBit, signed, packing } = header;
  // A codec gives values from bit 0 on; only unpacked ones may lie higher.
  const shift = packing === "raw" || packing === "rle" ? highBit + 1 - bitsStored : 0;
  const mask = 2 ** bitsStored - 1;
  const half = 2 ** (bitsStored - 1);
  return Int32Array.from(values, (raw) => {
    const value = (raw >> shift) & mask;
    return signed && value >= half ? value - 2 * half : value;
  });
}

type Values = Uint8Array | Uint16Array;

async function unpacked({ header, pixels }: DicomFilm): Promise<Values> {
  const { packing, bitsAllocated, width, height } = header;
  if (packing === "raw") return typed(pixels, bitsAllocated);
  if (packing === "rle") return unpackRuns(pixels, width * height, bitsAllocated === 8 ? 1 : 2);
  checkCodedSize(pixels, header);
  if (packing === "jpeg") return baseline(pixels);
  if (packing === "jpegLossless") return parsing(() => losslessJpeg(pixels));
  return byCodec(pixels, packing);
}

const typed = (bytes: Uint8Array, bits: number): Values =>
  bits === 8 ? bytes : new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.byteLength >> 1);

/** 8-bit grey; what libjpeg makes of it, as of any JPEG. */
async function baseline(bytes: Uint8Array): Promise<Uint8Array> {
  return reading(() => sharp(bytes, { failOn: "warning" }).toColourspace("b-w").raw().toBuffer());
}

async function byCodec(bytes: Uint8Array, packing: "jpegLs" | "jpeg2000"): Promise<Values> {
  const print = () => undefined;
  const decoder =
    packing === "jpegLs"
      ? new (
          await (await import("@cornerstonejs/codec-charls/decodewasmjs")).default({ print, printErr: print })
        ).JpegLSDecoder()
      : new (
          await (await import("@cornerstonejs/codec-openjpeg/decodewasmjs")).default({ print, printErr: print })
        ).J2KDecoder();
  return parsing(() => {
    decoder.getEncodedBuffer(bytes.length).set(bytes);
    decoder.decode();
    const { bitsPerSample, componentCount } = decoder.getFrameInfo();
    if (componentCount !== 1) throw bad(`The film has ${componentCount} colours; expected one`);
    const values = typed(Uint8Array.from(decoder.getDecodedBuffer()), bitsPerSample > 8 ? 16 : 8);
    decoder.delete();
    return values;
  });
}

/**
 * What the packed picture says of its size, before anything is allocated by it: JPEG and JPEG-LS in the frame's header (T.81,
 * B.2.2; T.87, C.2.2), JPEG 2000 in the size marker (T.800, A.5.1).
 */
function checkCodedSize(bytes: Uint8Array, { width, height }: FilmHeader): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const size = parsing(() => (view.getUint16(0) === 0xff4f ? sizeMarker(view) : frameSize(view)));
  if (size[0] === width && size[1] === height) return;
  throw bad(`The film's packed picture has ${size.join("x")} pixels, its header ${width}x${height}; export it again`);
}

const sizeMarker = (view: DataView): [number, number] => [
  view.getUint32(8) - view.getUint32(16),
  view.getUint32(12) - view.getUint32(20),
];

function frameSize(view: DataView): [number, number] {
  if (view.getUint16(0) !== 0xffd8)
    throw bad("The film's packed picture is of another kind than the file says; export it again");
  for (let at = 2; ; ) {
    const marker = view.getUint16(at);
    if (marker === 0xffff) {
      at++;
      continue;
    }
    const isFrame =
      marker === 0xfff7 || (marker >= 0xffc0 && marker <= 0xffcf && ![0xffc4, 0xffc8, 0xffcc].includes(marker));
    if (isFrame) return [view.getUint16(at + 7), view.getUint16(at + 5)];
    at += 2 + view.getUint16(at + 2);
  }
}
