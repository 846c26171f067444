/**
 * @file Lossless JPEG of one component (ITU-T T.81, process 14: Annexes B, C, F.2.2.3 and H), as films are packed. Written here
 * because the packages that decode it are unkept, or bring a bundler's binaries along.
 */
import { bad } from "./header.ts";

interface Frame {
  readonly precision: number;
  readonly width: number;
  readonly height: number;
}

/** Codes by length (Annex C): those of length n run from `least[n]` to `most[n]`. */
interface HuffmanTable {
  readonly least: readonly number[];
  /** -1: none of this length. */
  readonly most: readonly number[];
  /** Where the values of a length begin. */
  readonly first: readonly number[];
  readonly values: Uint8Array;
}

const damaged = (what: string) => bad(`The film's lossless JPEG is damaged (${what}); export it again`);

/** @returns [height*width]. @throws DomainError BAD_FILE, RangeError where the file ends early */
export function losslessJpeg(bytes: Uint8Array): Uint16Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const tables = new Map<number, HuffmanTable>();
  let frame: Frame | undefined;
  let restart = 0;
  for (let at = 2; ; ) {
    const marker = view.getUint16(at);
    if (marker === 0xffff) {
      at++;
      continue;
    }
    const length = view.getUint16(at + 2);
    const body = at + 4;
    at += 2 + length;
    if (marker === 0xffc4) readTables(bytes.subarray(body, at), tables);
    else if (marker === 0xffdd) restart = view.getUint16(body);
    else if (marker === 0xffc3) {
      const [precision, height, width] = [view.getUint8(body), view.getUint16(body + 1), view.getUint16(body + 3)];
      if (precision < 2 || precision > 16 || view.getUint8(body + 5) !== 1) throw damaged("its frame");
      frame = { precision, width, height };
    } else if (marker === 0xffda) {
      const table = tables.get(view.getUint8(body + 2) >> 4);
      if (!frame || !table || view.getUint8(body) !== 1) throw damaged("its scan");
      const [predictor, shift] = [view.getUint8(body + 3), view.getUint8(body + 5) & 15];
      if (predictor < 1 || predictor > 7 || shift >= frame.precision) throw damaged("its predictor");
      return scan(bytes.subarray(at), frame, table, { predictor, shift, restart });
    } else if (marker >> 8 !== 0xff || (marker >= 0xffc0 && marker <= 0xffcf)) throw damaged("its markers");
  }
}

function readTables(part: Uint8Array, tables: Map<number, HuffmanTable>): void {
  for (let at = 0; at + 17 <= part.length; ) {
    const place = part[at]! & 15;
    const counts = part.subarray(at + 1, at + 17);
    const total = counts.reduce((sum, each) => sum + each, 0);
    const values = part.slice(at + 17, at + 17 + total);
    if (values.length < total || values.some((value) => value > 16)) throw damaged("its code table");
    const [least, most, first] = [[0], [-1], [0]] as [number[], number[], number[]];
    let [code, used] = [0, 0];
    for (const count of counts) {
      least.push(code);
      most.push(count === 0 ? -1 : code + count - 1);
      first.push(used);
      used += count;
      code = (code + count) * 2;
    }
    tables.set(place, { least, most, first, values });
    at += 17 + total;
  }
}

interface Scan {
  readonly predictor: number;
  readonly shift: number;
  /** Samples between restarts; 0: none. */
  readonly restart: number;
}

function scan(data: Uint8Array, frame: Frame, table: HuffmanTable, { predictor, shift, restart }: Scan): Uint16Array {
  const { precision, width, height } = frame;
  const bits = new Bits(data);
  const samples = new Uint16Array(width * height);
  const middle = 2 ** (precision - shift - 1);
  let firstRow = 0; // of the restart interval: it is predicted from the left alone
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      const begins = at === 0 || (restart > 0 && at % restart === 0);
      if (begins && at > 0) bits.restart();
      if (begins) firstRow = y;
      const left = samples[at - 1]!;
      const above = samples[at - width]!;
      const predicted = begins
        ? middle
        : y === firstRow
          ? left
          : x === 0
            ? above
            : predict(predictor, left, above, samples[at - width - 1]!);
      samples[at] = predicted + difference(bits, table); // modulo 2^16, as H.1.2.1 has it
    }
  }
  return shift === 0 ? samples : samples.map((sample) => sample << shift);
}

/** Table H.1. */
function predict(predictor: number, a: number, b: number, c: number): number {
  if (predictor === 1) return a;
  if (predictor === 2) return b;
  if (predictor === 3) return c;
  if (predictor === 4) return a + b - c;
  if (predictor === 5) return a + ((b - c) >> 1);
  if (predictor === 6) return b + ((a - c) >> 1);
  return (a + b) >> 1;
}

function difference(bits: Bits, { least, most, first, values }: HuffmanTable): number {
  let code = 0;
  for (let length = 1; length <= 16; length++) {
    code = code * 2 + bits.next();
    if (code > most[length]!) continue;
    const size = values[first[length]! + code - least[length]!]!;
    if (size === 0 || size === 16) return size === 0 ? 0 : 32768;
    let value = 0;
    for (let bit = 0; bit < size; bit++) value = value * 2 + bits.next();
    return value < 2 ** (size - 1) ? value - 2 ** size + 1 : value;
  }
  throw damaged("a code that is none");
}

/** The bits of a scan: FF 00 stands for FF, and any other marker ends them (F.2.2.5). */
class Bits {
  private readonly data: Uint8Array;
  private at = 0;
  private byte = 0;
  private left = 0;

  constructor(data: Uint8Array) {
    this.data = data;
  }

  next(): number {
    if (this.left === 0) {
      const byte = this.data[this.at++];
      if (byte === undefined || (byte === 0xff && this.data[this.at++] !== 0)) throw damaged("it ends early");
      this.byte = byte;
      this.left = 8;
    }
    this.left--;
    return (this.byte >> this.left) & 1;
  }

  restart(): void {
    this.left = 0;
    const [one, two] = [this.data[this.at], this.data[this.at + 1] ?? 0];
    if (one !== 0xff || two < 0xd0 || two > 0xd7) throw damaged("a restart is missing");
    this.at += 2;
  }
}
