/** @file The true-noise ledger, class by class: how many labels of each were changed, from the counts of a diff. */

/** Items, or of classes that are not exclusive values, that went from one value to another or stayed. */
export interface CountedChange {
  /** null: exclusive classes. */
  readonly classIndex: number | null;
  /** Exclusive: class indices; else 1 present, 0 absent, null not known. */
  readonly before: number | null;
  readonly after: number | null;
  readonly items: number;
}

export interface ClassLedger {
  /** Of exclusive classes items that were of the class; else known values of it. */
  readonly labels: number;
  readonly changed: number;
  /** changed / labels; null without labels. */
  readonly effectiveRate: number | null;
}

/** In the order of the classes. */
export function classLedger(changes: readonly CountedChange[], classes: number): ClassLedger[] {
  return Array.from({ length: classes }, (_, index) => {
    const own = changes.filter(({ classIndex, before }) =>
      classIndex === null ? before === index : classIndex === index && before !== null,
    );
    const count = (of: readonly CountedChange[]) => of.reduce((sum, { items }) => sum + items, 0);
    const [labels, changed] = [count(own), count(own.filter(({ before, after }) => before !== after))];
    return { labels, changed, effectiveRate: labels === 0 ? null : changed / labels };
  });
}
