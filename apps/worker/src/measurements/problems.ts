/** @file Items one by one, past those that cannot be done. */
import { messageOf } from "../backoff.ts";
import { GivenUp, isUnavailable } from "../leased.ts";

export interface Problem {
  readonly item: string;
  readonly message: string;
}

/** Two at a time: one is decoded while the other is measured. */
const lanes = 2;

/**
 * @returns what `work` gave, in the order of the items, without those that it threw for.
 * @throws GivenUp once `signal` is aborted; what is about a process or the disk and not about the item, as it came
 */
export async function eachItem<Item, Value>(
  signal: AbortSignal,
  items: readonly Item[],
  nameOf: (item: Item) => string,
  work: (item: Item, index: number) => Promise<Value>,
): Promise<{ values: Value[]; problems: Problem[] }> {
  const done: (({ readonly value: Value } | Problem) | undefined)[] = items.map(() => undefined);
  let next = 0;
  const lane = async () => {
    for (let index = next++; index < items.length; index = next++) {
      if (signal.aborted) throw new GivenUp();
      const item = items[index]!;
      try {
        done[index] = { value: await work(item, index) };
      } catch (error) {
        if (error instanceof GivenUp || isUnavailable(error)) {
          next = items.length; // the other lane stops too
          throw error;
        }
        done[index] = { item: nameOf(item), message: messageOf(error) };
      }
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: lanes }, lane));
  const failed = ended.find((each) => each.status === "rejected");
  if (failed) throw failed.reason;
  return {
    values: done.flatMap((each) => (each && "value" in each ? [each.value] : [])),
    problems: done.flatMap((each) => (each && "item" in each ? [each] : [])),
  };
}

const shown = 3;

/** "2 of 9 items could not be measured. a: …; b: …" */
export function sentenceOf(problems: readonly Problem[], total: number, what: string): string {
  const some = problems.slice(0, shown).map(({ item, message }) => `${item}: ${message}`);
  const rest = problems.length > shown ? `; and ${problems.length - shown} more` : "";
  return `${problems.length} of ${total} items could not be ${what}. ${some.join("; ")}${rest}`;
}
