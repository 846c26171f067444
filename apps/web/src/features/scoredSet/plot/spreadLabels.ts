/**
 * Moves labels apart that would lie on one another: the order stays, neighbours are at least `gap` apart, all lie within
 * [low, high] where there is room, and the moves are small (labels in contact share the mean of their moves).
 */
export function spreadLabels(wanted: readonly number[], gap: number, low: number, high: number): number[] {
  const order = wanted.map((_, index) => index).sort((a, b) => wanted[a]! - wanted[b]! || a - b);
  // Blocks of touching labels: where the block's first label would have to stand, and how many it holds.
  const blocks: { sum: number; count: number }[] = [];
  const startOf = ({ sum, count }: { sum: number; count: number }) =>
    Math.max(low, Math.min(sum / count, high - (count - 1) * gap));
  for (const index of order) {
    blocks.push({ sum: wanted[index]!, count: 1 });
    for (;;) {
      const [above, below] = [blocks.at(-2), blocks.at(-1)!];
      if (!above || startOf(above) + above.count * gap <= startOf(below)) break;
      blocks.pop();
      above.sum += below.sum - below.count * above.count * gap;
      above.count += below.count;
    }
  }
  const placed = new Array<number>(wanted.length).fill(0);
  let next = 0;
  for (const block of blocks) {
    for (let at = 0; at < block.count; at++) placed[order[next++]!] = startOf(block) + at * gap;
  }
  return placed;
}
