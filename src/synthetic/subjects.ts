/** @file Which subject an item belongs to: 2 to 4 items each, known without walking through the set. */
import { randomStream } from "@tessera/domain/random";

const orders = [
  [2, 3, 4],
  [2, 4, 3],
  [3, 2, 4],
  [3, 4, 2],
  [4, 2, 3],
  [4, 3, 2],
] as const;

/** Nine items make three subjects of 2, 3 and 4 items, in an order drawn per nine. */
export function subjectOf(seed: number, domain: string, index: number): string {
  const block = Math.floor(index / 9);
  const sizes = orders[randomStream(seed, domain, "subjects", block).integer(orders.length)]!;
  const place = index % 9;
  const within = place < sizes[0] ? 0 : place < sizes[0] + sizes[1] ? 1 : 2;
  return `subject-${domain}${String(block * 3 + within + 1).padStart(4, "0")}`;
}
