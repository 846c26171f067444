/** @file Pictures that are copies of each other, by way of others too: connected components of the pairs. */

/** The first place of each place's cluster; a picture without a copy is its own. @param count of the list that the pairs are of */
export function clustersOf(count: number, pairs: readonly { readonly a: number; readonly b: number }[]): number[] {
  const parent = Array.from({ length: count }, (_, place) => place);
  const root = (place: number): number => {
    let at = place;
    while (parent[at] !== at) {
      parent[at] = parent[parent[at]!]!;
      at = parent[at]!;
    }
    return at;
  };
  for (const { a, b } of pairs) {
    const [p, q] = [root(a), root(b)];
    parent[Math.max(p, q)] = Math.min(p, q);
  }
  return parent.map((_, place) => root(place));
}
