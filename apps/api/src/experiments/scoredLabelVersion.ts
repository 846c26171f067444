/** @file Which labels an experiment's runs are scored on: of the test fold it may be other ones than they learn from. */
import { DomainError } from "@tessera/domain/errors";
import type { Fold } from "@tessera/domain/words";
import type { Experiment } from "@tessera/store/experiments";
import type { LabelVersion } from "@tessera/store/labelVersions";
import { found } from "../graphql/found.ts";
import type { Loaders } from "../loaders.ts";

type Labels = Pick<Experiment, "labelVersionId" | "evaluationLabelVersionId">;

export const scoredLabelVersion = ({ labelVersionId, evaluationLabelVersionId }: Labels, fold: Fold): string =>
  fold === "test" ? (evaluationLabelVersionId ?? labelVersionId) : labelVersionId;

/** @throws DomainError NOT_FOUND, BAD_INPUT where the classes are others */
export async function checkEvaluationLabels(loaders: Loaders, learned: LabelVersion, id: string | null): Promise<void> {
  if (id === null) return;
  const version = found(await loaders.labelVersion.load(id), "label version", id);
  if (version.schemaId === learned.schemaId) return;
  const message =
    "this label version is of another dataset or of other classes than labelVersionId; choose one of the same";
  throw new DomainError("BAD_INPUT", `evaluationLabelVersionId: ${message}`, { field: "evaluationLabelVersionId" });
}

/**
 * Arms may learn from other versions, if all are scored on one.
 * @throws DomainError NOT_FOUND, BAD_INPUT where the classes are others, or nothing says what to score on
 */
export async function checkArmLabels(
  loaders: Loaders,
  learned: LabelVersion,
  arms: readonly { readonly name: string; readonly labelVersionId?: string }[],
  evaluationLabelVersionId: string | null,
): Promise<void> {
  const others = arms.flatMap(({ labelVersionId }) => labelVersionId ?? []);
  for (const id of others) {
    const version = found(await loaders.labelVersion.load(id), "label version", id);
    if (version.schemaId === learned.schemaId) continue;
    const message = "this label version is of another dataset or of other classes than labelVersionId; choose one of the same"; // biome-ignore format: one line
    throw new DomainError("BAD_INPUT", `arms.labelVersionId: ${message}`, { field: "arms.labelVersionId" });
  }
  if (others.length === 0 || evaluationLabelVersionId !== null) return;
  const message = "arms learn from different labels; say which one version all of them are scored on, the cleanest that there is"; // biome-ignore format: one line
  throw new DomainError("BAD_INPUT", `evaluationLabelVersionId: ${message}`, { field: "evaluationLabelVersionId" });
}
