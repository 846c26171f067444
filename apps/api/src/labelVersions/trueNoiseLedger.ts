/** @file The true-noise ledger of a version, from its diff against the labels before the noise. */
import { noiseText } from "@tessera/domain/labels/ruleText";
import { classLedger } from "@tessera/domain/noise/ledger";
import { askedRate, noiseChain } from "@tessera/domain/noise/noiseChain";
import { classChanges, diffCounts } from "@tessera/store/labelDiff";
import type { LabelVersion } from "@tessera/store/labelVersions";
import type { Context } from "../context.ts";
import { maskChanges } from "./maskChanges.ts";

/** null: the version was not made by noise. */
export async function trueNoiseLedger({ asTeam, teamId, loaders }: Context, version: LabelVersion) {
  if (version.pinned?.rule.kind !== "noise") return null;
  const chain = noiseChain(version, await loaders.labelVersionsOfDataset.load(version.datasetId));
  const schema = await loaders.schema.load(version.schemaId);
  if (chain === null || schema === null) return null;
  const versions = { a: chain.clean.id, b: version.id };
  const { classes } = schema;
  const isOfClasses = schema.task === "classification";
  return asTeam(async (sql) => {
    const { changed, same } = await diffCounts(sql, teamId, versions);
    const changes = isOfClasses ? await classChanges(sql, teamId, versions, schema.exclusive === true) : [];
    const perClass = classLedger(changes, isOfClasses ? classes.length : 0);
    return {
      clean: chain.clean,
      models: chain.models.map(noiseText),
      askedRate: askedRate(chain.models),
      expectedRate: version.result?.noise?.expectedRate ?? null,
      items: changed + same,
      corrupted: changed,
      effectiveRate: changed / Math.max(1, changed + same),
      classes: perClass.map((each, index) => ({ name: classes[index]!, ...each })),
      masks: isOfClasses ? null : await maskChanges(sql, teamId, versions, classes.length),
    };
  });
}
