/** @file What malloc has given out: it does not know of pages and garbage, so it shows a leak that resident memory hides. */
import * as koffi from "koffi";

const fields = [
  "arena",
  "ordblks",
  "smblks",
  "hblks",
  "hblkhd",
  "usmblks",
  "fsmblks",
  "uordblks",
  "fordblks",
  "keepcost",
];

/** Bytes in use, of all of the process but JavaScript's heap; null where the C library is not glibc 2.33 or newer. */
export function openNativeHeap(): () => number | null {
  try {
    const info = koffi.struct("mallinfo2", Object.fromEntries(fields.map((name) => [name, "size_t"])));
    const mallinfo2 = koffi.load(null).func("mallinfo2", info, []) as () => { uordblks: number; hblkhd: number };
    return () => {
      const { uordblks, hblkhd } = mallinfo2();
      return uordblks + hblkhd;
    };
  } catch {
    return () => null;
  }
}
