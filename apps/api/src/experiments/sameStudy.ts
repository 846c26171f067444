/** @file Whether a call that names an experiment which is there asks for the same study: only then may the study grow. */
import { completeRun } from "@tessera/domain/configuration/run";
import { DomainError } from "@tessera/domain/errors";
import { sortedJson } from "@tessera/domain/sortedJson";
import type { Arm, Experiment } from "@tessera/store/experiments";

export interface AskedStudy {
  readonly question: string;
  readonly labelVersionId: string;
  readonly splitId: string;
  readonly base: unknown;
  readonly equivalenceMargin?: number | null;
}

/** @throws DomainError CONFLICT naming the first field that differs */
export function refuseAnotherStudy(known: Experiment, input: AskedStudy): void {
  const complete = (base: unknown) => sortedJson(completeRun(base));
  const fields = [
    ["question", input.question === known.question],
    ["labelVersionId", input.labelVersionId === known.labelVersionId],
    ["splitId", input.splitId === known.splitId],
    ["base", complete(input.base) === complete(known.base)],
    ["equivalenceMargin", (input.equivalenceMargin ?? null) === known.equivalenceMargin],
  ] as const;
  const differs = fields.find(([, same]) => !same)?.[0];
  if (differs !== undefined) throw anotherStudy(known, `with another ${differs}`, differs);
}

export const anotherStudy = (known: Experiment, what: string, differs: string): DomainError =>
  new DomainError(
    "CONFLICT",
    `name: "${known.name}" is there already, ${what}; a study only ever grows, choose another name`,
    { field: "name", differs, experimentId: known.id },
  );

/** What the experiment has, then what is asked for besides; null: there is none yet. */
export const grownGrid = (
  known: Experiment | null,
  asked: { readonly arms: readonly Arm[]; readonly seeds: readonly number[] },
): { readonly arms: Arm[]; readonly seeds: number[] } => ({
  arms: [...(known?.arms ?? []), ...asked.arms.filter(({ name }) => !known?.arms.some((arm) => arm.name === name))],
  seeds: [...(known?.seeds ?? []), ...asked.seeds.filter((seed) => !known?.seeds.includes(seed))],
});
