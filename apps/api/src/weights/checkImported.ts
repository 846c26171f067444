/** @file Whether a run can start from imported weights. */
import { architectureDifference } from "@tessera/domain/configuration/architecture";
import type { RunConfiguration } from "@tessera/domain/configuration/run";
import type { startingParts } from "@tessera/domain/configuration/training";
import { DomainError } from "@tessera/domain/errors";
import type { Weights } from "@tessera/store/weights";

interface Wanted {
  readonly model: RunConfiguration["model"];
  /** Of the label schema. */
  readonly classes: number;
  readonly part: (typeof startingParts)[number];
  /** Where the weights are named, for the message. */
  readonly field: string;
}

/** @throws DomainError BAD_INPUT: there are none, or they are of another architecture than the model */
export function checkImported(weights: Weights | null, { model, classes, part, field }: Wanted): void {
  const refuse = (message: string) => new DomainError("BAD_INPUT", `${field}: ${message}`, { field });
  if (weights === null) throw refuse("no such imported weights in this team; copy the id from the team's page");
  const { family, alpha, classes: logits } = weights.model;
  const difference = architectureDifference(weights, model, part);
  if (difference !== null) {
    const net = `"${family}", "alpha": ${alpha} }`;
    const own =
      model.family === "unet"
        ? `model.encoder to { "kind": ${net} and the part to encoder`
        : `model to { "family": ${net}`;
    const fix = `set ${own}, or choose other weights`;
    throw refuse(
      `"${weights.name}" is ${family} with alpha ${alpha}, and its model.${difference} differs from this run's; ${fix}`,
    );
  }
  if (part !== "all" || logits === classes) return;
  throw refuse(
    `the head of "${weights.name}" has ${logits} logits, and these labels ${classes} classes; choose the part encoder`,
  );
}
