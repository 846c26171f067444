/** @file A model of bags with some of its fields changed. */
type Json = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** What every family has. */
const common = ["convolution", "encoder", "dropout"];

/**
 * Another family keeps of the former one what both have; another pooling loses the number of tiles that counted. No field is filled in:
 * an arm says what it is.
 */
export function withMilModelChanges(base: unknown, changes: unknown): unknown {
  if (!isObject(base) || !isObject(changes)) return changes;
  const isOther = "family" in changes && changes.family !== base.family;
  const { k, ...kept } = isOther
    ? Object.fromEntries(Object.entries(base).filter(([key]) => common.includes(key)))
    : base;
  const pooling = changes.pooling ?? kept.pooling;
  return { ...kept, ...(pooling === "topK" && k !== undefined && { k }), ...changes };
}
