/** @file From runs on noisy labels to the memorisation board: one curve per noise, its seeds in bands. */
import { memorisationCurves, memorisationOverSeeds } from "@tessera/analysis/memorisation/curves";
import { type MemorisationCurves, onsetRules } from "@tessera/analysis/memorisation/onset";
import type { SeedBand } from "@tessera/analysis/seedBand";
import { mean, meanAndSd } from "@tessera/analysis/summary";
import { noiseText } from "@tessera/domain/labels/ruleText";
import { memorisationSeries } from "@tessera/domain/memorisation";
import { askedRate, type NoiseChain, noiseChain } from "@tessera/domain/noise/noiseChain";
import type { LabelVersion } from "@tessera/store/labelVersions";
import type { Run } from "@tessera/store/runs";
import type { Context } from "../context.ts";
import type { EpochBand, Memorisation, MemorisationCurve } from "./memorisation.type.ts";

const seriesNames = JSON.stringify(Object.values(memorisationSeries));

interface NoisyRun {
  readonly run: Run;
  readonly version: LabelVersion;
  readonly chain: NoiseChain<LabelVersion>;
  readonly curves: MemorisationCurves;
}

/**
 * null where none of the runs has told anything of it.
 * @param versions of the dataset
 */
export async function memorisationOf(
  { loaders }: Context,
  runs: readonly Run[],
  versions: readonly LabelVersion[],
): Promise<Pick<Memorisation, "rule" | "clean" | "curves"> | null> {
  const points = await Promise.all(runs.map(({ id }) => loaders.points(seriesNames).load(id)));
  const noisy = runs.flatMap((run, at): NoisyRun[] => {
    const version = versions.find(({ id }) => id === run.labelVersionId);
    const chain = version ? noiseChain(version, versions) : null;
    const curves = memorisationCurves(points[at]!);
    return version && chain && curves ? [{ run, version, chain, curves }] : [];
  });
  const [first] = noisy;
  if (first === undefined) return null;
  const groups = Map.groupBy(noisy, ({ chain }) => chain.models.map(noiseText).join(", then "));
  const curves = [...groups].map(([noise, of]) => curveOf(noise, of));
  const schema = await loaders.schema.load(first.version.schemaId);
  return {
    rule: onsetRules[schema?.task === "segmentation" ? "masks" : "classes"],
    clean: first.chain.clean,
    curves: curves.sort((a, b) => a.effectiveRate - b.effectiveRate || (a.noise < b.noise ? -1 : 1)),
  };
}

function curveOf(noise: string, noisy: readonly NoisyRun[]): MemorisationCurve {
  const { found, bands } = memorisationOverSeeds(noisy.map(({ curves }) => curves));
  const versions = [...new Map(noisy.map(({ version }) => [version.id, version])).values()];
  const onset = meanAndSd(found.flatMap((each) => each.onset ?? []));
  const share = meanAndSd(found.flatMap((each) => each.share ?? []));
  return {
    noise,
    labelVersions: versions,
    askedRate: askedRate(noisy[0]!.chain.models),
    effectiveRate: mean(versions.map(changedShare)),
    runs: noisy.map(({ run: { id, seed } }, at) => ({ runId: id, seed, ...found[at]! })),
    onset: onset.mean,
    onsetSd: onset.sd,
    share: share.mean,
    shareSd: share.sd,
    cleanLoss: bandOf(bands.cleanLoss),
    corruptedLoss: bandOf(bands.corruptedLoss),
    cleanFitted: bandOf(bands.cleanFitted),
    corruptedFitted: bandOf(bands.corruptedFitted),
    corruptedAsTrue: bandOf(bands.corruptedAsTrue),
  };
}

const changedShare = ({ result }: LabelVersion): number => {
  const noise = result?.noise;
  return noise && noise.labels > 0 ? noise.changed / noise.labels : 0;
};

const bandOf = ({ steps, mean: middle, low, high, seeds }: SeedBand): EpochBand => ({
  epochs: steps,
  mean: middle,
  low,
  high,
  seeds,
});
