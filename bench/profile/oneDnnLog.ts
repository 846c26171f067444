/** @file What oneDNN says of itself with ONEDNN_VERBOSE=1: one line for each primitive that it ran. */

export interface Primitive {
  /** "convolution", "reorder", … */
  readonly kind: string;
  /** "forward_training", "backward_data", …; "undef" where there is only one. */
  readonly direction: string;
  /** Which of oneDNN's kernels, e.g. "jit:avx512_core". */
  readonly implementation: string;
  /** oneDNN's own word for the sizes, e.g. "mb4_ic16oc16_ih128oh128kh3…". */
  readonly sizes: string;
  readonly milliseconds: number;
}

/** @returns null for a line that is no executed primitive. */
export function parsePrimitive(line: string): Primitive | null {
  const fields = line.split(",");
  if (fields[0] !== "onednn_verbose" || fields[3] !== "exec") return null;
  const [kind, implementation, direction] = fields.slice(5, 8) as [string, string, string];
  return { kind, direction, implementation, sizes: fields.at(-2)!, milliseconds: Number(fields.at(-1)) };
}

/** Multiplications and additions of a convolution; null for anything else. Padding counts as if it were there. */
export function operations({ kind, sizes }: Pick<Primitive, "kind" | "sizes">): number | null {
  if (kind !== "convolution") return null;
  const size = (name: string) => Number(new RegExp(`${name}(\\d+)`).exec(sizes)?.[1] ?? 1);
  return 2 * ["mb", "ic", "oc", "oh", "ow", "kh", "kw"].reduce((product, name) => product * size(name), 1);
}

export interface Total {
  readonly what: Omit<Primitive, "milliseconds">;
  /** Of one step. */
  readonly calls: number;
  readonly milliseconds: number;
  /** 10^9 operations per second; null where none are counted. */
  readonly gigaflops: number | null;
}

/** Equal primitives together, the longest first. */
export function totals(primitives: readonly Primitive[], steps: number): Total[] {
  const groups = new Map<string, Primitive[]>();
  for (const primitive of primitives) {
    const { milliseconds: _, ...what } = primitive;
    const key = JSON.stringify(what);
    groups.set(key, [...(groups.get(key) ?? []), primitive]);
  }
  return [...groups.values()]
    .map((group) => {
      const [{ milliseconds: _, ...what }] = group as [Primitive];
      const all = group.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
      const work = operations(group[0]!);
      return {
        what,
        calls: group.length / steps,
        milliseconds: all / steps,
        gigaflops: work === null ? null : (work * group.length) / all / 1e6,
      };
    })
    .sort((a, b) => b.milliseconds - a.milliseconds);
}
