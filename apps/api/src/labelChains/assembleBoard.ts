/** @file From a stored chain to its board. */
import { type DrawnChain, drawnChain } from "@tessera/analysis/labelChain/chainDraws";
import { type ComposedChain, composedChain, described } from "@tessera/analysis/labelChain/composeChain";
import { composedAgainstDirect } from "@tessera/analysis/labelChain/composedAgainstDirect";
import { setsDiffer } from "@tessera/analysis/labelChain/setsDiffer";
import { stageGains } from "@tessera/analysis/labelChain/stageGains";
import { thinRows } from "@tessera/analysis/labelChain/thinRows";
import { type LabelChain, type StageSample, stageNames } from "@tessera/domain/labelChain/chain";
import { againstText, assumption, fixFirstText, warningsOf } from "./boardTexts.ts";
import type { LabelChainBoard, LabelMatrix } from "./labelChainBoard.type.ts";

export const itemsOf = ({ counts }: Pick<StageSample, "counts">): number =>
  counts.flat().reduce((sum, each) => sum + each, 0);

/** @param set null: all sets together */
export function assembleBoard(chain: LabelChain, set: string | null): LabelChainBoard {
  const drawn: DrawnChain = drawnChain(chain, set);
  const { classes } = chain;
  const names = stageNames(chain.stages);
  const gains = stageGains(drawn);
  const named = ({ matrix, accuracy, classes: found }: ComposedChain): LabelMatrix => ({
    matrix,
    accuracy,
    classes: found.map((each, at) => ({ name: classes[at]!, ...each })),
  });
  const differ = chain.stages.map(({ samples }) => (set === null ? setsDiffer(samples) : null));
  const against = composedAgainstDirect(drawn);
  const direct = drawn.direct && described(drawn, (state) => state.direct!);
  return {
    set,
    stages: chain.stages.map(({ source, samples }, at) => ({
      name: names[at]!,
      source,
      counts: drawn.samples[at]!.counts,
      items: itemsOf(drawn.samples[at]!),
      ofSet: set === null || samples.some((sample) => sample.set === set),
      matrix: described(drawn, ({ stages }) => stages[at]!).matrix,
      setsDiffer: differ[at]!,
      gain: gains.stages[at]!.accuracy,
      classGains: gains.stages[at]!.classes.map((gain, k) => ({ name: classes[k]!, ...gain })),
      behind: gains.fixFirst.ahead.find(({ stage }) => stage === at)?.by ?? null,
    })),
    composed: named(composedChain(drawn)),
    direct: direct && named(direct),
    directItems: drawn.direct === null ? 0 : itemsOf(drawn.direct),
    againstDirect: against && { ...against, text: againstText(against) },
    fixFirst: gains.fixFirst.stage,
    fixFirstText: fixFirstText(gains, names),
    assumption: chain.stages.length === 1 ? "" : assumption,
    warnings: warningsOf(thinRows(drawn.samples), differ, names, classes),
  };
}
