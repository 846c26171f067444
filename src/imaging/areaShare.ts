/** @file How much of each pixel of a smaller or larger square the chosen pixels of an image cover. */

/**
 * @param pixels [height*width] of 0..255
 * @param chosen [256], 1 for the values that count
 * @returns [size*size] in 0..1; exact for any ratio, up or down
 */
export function areaShare(
  pixels: Uint8Array,
  chosen: Uint8Array,
  { width, height, size }: { width: number; height: number; size: number },
): Float32Array {
  const row = new Float64Array(size);
  const share = new Float32Array(size * size);
  const columns = overlaps(width, size);
  const rows = overlaps(height, size);
  for (let y = 0; y < height; y++) {
    row.fill(0);
    let any = false;
    for (let x = 0; x < width; x++) {
      if (chosen[pixels[y * width + x]!] === 0) continue;
      any = true;
      for (const [target, weight] of columns[x]!) row[target]! += weight;
    }
    if (!any) continue;
    for (const [target, weight] of rows[y]!) {
      for (let x = 0; x < size; x++) share[target * size + x]! += weight * row[x]!;
    }
  }
  return share;
}

/** For each of `from` source cells: the target cells it covers, and how much of each target cell it fills. */
function overlaps(from: number, to: number): [target: number, weight: number][][] {
  return Array.from({ length: from }, (_, i) => {
    const [start, end] = [(i * to) / from, ((i + 1) * to) / from];
    const list: [number, number][] = [];
    for (let target = Math.floor(start); target < Math.min(Math.ceil(end), to); target++) {
      const weight = Math.min(end, target + 1) - Math.max(start, target);
      if (weight > 0) list.push([target, weight]);
    }
    return list;
  });
}
