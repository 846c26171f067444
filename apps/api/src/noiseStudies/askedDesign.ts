/** @file From what a person asks of a noise study to its design, checked against the labels. */

import { type NoiseFamily, noiseName } from "@tessera/domain/study/noiseFamily";
import { checkedDesign, type NoiseDesign } from "@tessera/domain/study/noiseStudy";
import type { Context } from "../context.ts";
import { found } from "../graphql/found.ts";
import type { NoiseInput } from "./noise.input.ts";
import type { NoiseMethodInput } from "./noiseMethod.input.ts";

interface Asked {
  readonly labelVersionId: string;
  readonly base: Record<string, unknown>;
  readonly methods: readonly NoiseMethodInput[];
  readonly noises: readonly NoiseInput[];
  readonly noiseSeed: number;
}

/** @throws DomainError NOT_FOUND for the label version; BAD_INPUT naming what cannot work */
export async function askedDesign({ loaders }: Context, asked: Asked): Promise<NoiseDesign> {
  const { labelVersionId, base, noiseSeed } = asked;
  const version = found(await loaders.labelVersion.load(labelVersionId), "label version", labelVersionId);
  const schema = found(await loaders.schema.load(version.schemaId), "label schema", version.schemaId);
  const methods = asked.methods.map(({ name, changes }) => ({ name, changes }));
  const noises = asked.noises.map(({ name, model, trainingLevels, evaluationLevels }) => {
    const family = model as NoiseFamily;
    return { name: name ?? noiseName(family), model: family, trainingLevels, evaluationLevels };
  });
  return checkedDesign({ seed: noiseSeed, methods, noises }, base, schema);
}
