import { isNumber, score } from "@/lib/format";
import type { SetArm } from "../model.ts";
import { errorText, type SizePoint, scoreOf } from "./sizes.ts";

/** What an item's numbers say, in words. */
export function ItemErrors({ point, arms }: { readonly point: SizePoint; readonly arms: readonly SetArm[] }) {
  const errors = arms.flatMap(({ name }) => {
    const found = scoreOf(point, name);
    return found && isNumber(found.equivalentError)
      ? [
          `${name} ${score(found.dice)}, an outline ${found.atLeast ? "at least " : ""}${errorText(found.equivalentError)} off`,
        ]
      : [];
  });
  return (
    <>
      Its truth one pixel off scores {score(point.oneShift)}
      {isNumber(point.readerDice) ? `, reader to reader ${score(point.readerDice)}` : ""}. Mean over seeds:{" "}
      {errors.join("; ")}.
    </>
  );
}
