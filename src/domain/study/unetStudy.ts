/**
 * @file What the U-Net buys: a grid of depths × skip connections × losses as the arms of an experiment, and back from arms
 * to the grid. The arms say it all, so that an experiment made elsewhere is recognised too.
 */
import { type Arm, gridLimits, withChanges } from "../configuration/grid.ts";
import { completeSegmentation, type UNetModel } from "../configuration/segmentation.ts";
import { DomainError } from "../errors.ts";
import { sortedJson } from "../sortedJson.ts";
import { lossText } from "./lossText.ts";

export const studyFactors = ["depth", "skips", "loss"] as const;
export type StudyFactorName = (typeof studyFactors)[number];
export type StudyLevels = Readonly<Record<StudyFactorName, string>>;

export interface StudyChoices {
  /** Poolings; 0 is no reduction. The first is the reference, as in the other two lists. */
  readonly depths: readonly number[];
  /** "all", "none", or "cut k": all but the k-th, 0 the finest. */
  readonly skips: readonly string[];
  /** As `loss` in a configuration. None: the base's own. */
  readonly losses: readonly unknown[];
}

export interface StudyGrid {
  readonly arms: readonly Arm[];
  /** What of the grid was left out, and why; a sentence each. */
  readonly notes: readonly string[];
}

export interface StudyArm {
  readonly name: string;
  readonly levels: StudyLevels;
  readonly model: UNetModel;
}

export interface UNetStudy {
  /** All three; the levels in the order of the arms, the reference first. */
  readonly factors: readonly { readonly name: StudyFactorName; readonly levels: readonly string[] }[];
  readonly arms: readonly StudyArm[];
}

/** The switches of a skip level, finest first; null where a network of this depth has no such level of its own. */
function switchesOf(skips: string, depth: number): boolean[] | null {
  const cut = /^cut ([0-6])$/.exec(skips)?.[1];
  if (cut === undefined) return Array.from({ length: depth }, () => skips === "all");
  if (Number(cut) >= depth || depth === 1) return null;
  return Array.from({ length: depth }, (_, level) => level !== Number(cut));
}

/**
 * One arm per depth, skips and loss, in this order of nesting. A cut that a depth does not have is left out with a note. So
 * is every second form of depth 0, which has no skips to switch, and "cut 0" of depth 1, which is "none".
 * @throws DomainError BAD_INPUT naming the list: empty, an unknown or doubled choice, or more arms than an experiment holds
 */
export function unetStudyGrid({ depths, skips, losses }: StudyChoices): StudyGrid {
  checkChoices({ depths, skips, losses });
  const notes: string[] = [];
  const arms: Arm[] = [];
  const named = { depth: depths.length > 1, skips: skips.length > 1, loss: losses.length > 1 };
  const flat = ["all", "none"].find((level) => skips.includes(level)); // the form that depth 0 is counted as
  for (const depth of depths) {
    for (const level of skips) {
      const switches = switchesOf(level, depth);
      if (depth === 0 && level !== flat) {
        notes.push(`Depth 0 has no skip connections: "${level}" is left out there.`);
        continue;
      }
      if (switches === null) {
        const why = depth === 1 ? `it has one skip, and cutting that is "none"` : `it has ${depth} skips, 0 the finest`;
        notes.push(`Depth ${depth} has no "${level}" of its own (${why}): left out there.`);
        continue;
      }
      for (const loss of losses.length > 0 ? losses : [undefined]) {
        const parts = [
          named.depth || (!named.skips && !named.loss) ? `depth ${depth}` : [],
          named.skips && depth > 0 ? `skips ${level}` : [],
          named.loss ? lossText(loss) : [],
        ].flat();
        const changes = { model: { depth, skips: switches }, ...(loss === undefined ? {} : { loss }) };
        arms.push({ name: parts.join(", "), changes });
      }
    }
  }
  if (arms.length === 0) {
    throw new DomainError("BAD_INPUT", `skips: none of them is left for depths ${depths.join(", ")}; add "all"`, {
      field: "skips",
    });
  }
  if (arms.length > gridLimits.arms) {
    const message = `depths: this grid has ${arms.length} arms, over the ${gridLimits.arms} of an experiment; leave some levels out`;
    throw new DomainError("BAD_INPUT", message, { field: "depths", arms: arms.length });
  }
  return { arms, notes };
}

function checkChoices({ depths, skips, losses }: StudyChoices): void {
  const refuse = (field: string, message: string): never => {
    throw new DomainError("BAD_INPUT", `${field}: ${message}`, { field });
  };
  if (depths.length === 0) refuse("depths", "expected at least one, got none; 5 is usual, 0 is no reduction");
  const depth = depths.find((each) => !Number.isInteger(each) || each < 0 || each > 7);
  if (depth !== undefined) refuse("depths", `expected whole numbers from 0 to 7, got ${depth}`);
  if (skips.length === 0) refuse("skips", `expected at least one, got none; "all" is a U-Net's own`);
  const unknown = skips.find((each) => !/^(all|none|cut [0-6])$/.test(each));
  if (unknown !== undefined) refuse("skips", `expected "all", "none" or "cut 0" to "cut 6", got "${unknown}"`);
  const names = losses.map(lossText);
  for (const [field, list] of Object.entries({ depths, skips, losses: names })) {
    const doubled = list.find((each: unknown, i: number) => (list as readonly unknown[]).indexOf(each) !== i);
    if (doubled !== undefined) refuse(field, `${doubled} is listed twice; the same arm gives the same runs`);
  }
}

type Json = Readonly<Record<string, unknown>>;

/** The grid that an experiment's arms are, or null: they differ in something else too, in nothing, or an arm is there twice. */
export function studyOf(arms: readonly Arm[], base: unknown): UNetStudy | null {
  const read = arms.map((arm) => readArm(arm, base));
  if (read.length < 2 || read.some((each) => each === null || each.rest !== read[0]?.rest)) return null;
  const known = read.flatMap((each) => each ?? []);
  // Depth 0 has no skips; it stands beside the arms that have all, or else beside those that have none.
  const flat = known.some(({ levels }) => levels.skips === "all") ? "all" : "none";
  const studied = known.map(({ name, model, levels }) => ({
    name,
    model,
    levels: { ...levels, skips: model.depth === 0 ? flat : levels.skips },
  }));
  const places = new Set(studied.map(({ levels }) => JSON.stringify(levels)));
  if (places.size !== studied.length) return null;
  const factors = studyFactors.map((name) => ({ name, levels: [...new Set(studied.map((arm) => arm.levels[name]))] }));
  return { factors, arms: studied };
}

/** An arm's levels, and as `rest` all that they leave open of its configuration. */
function readArm(arm: Arm, base: unknown): (StudyArm & { readonly rest: string }) | null {
  const full = completeSegmentation(withChanges(base, arm.changes)) as Json | null;
  const model = full?.model as UNetModel | undefined;
  if (!full || !model || !Number.isInteger(model.depth) || !Array.isArray(model.skips)) return null;
  const skips = skipLevel(model.skips);
  if (skips === null) return null;
  const { loss, ...others } = full;
  const rest = sortedJson({ ...others, model: { ...model, depth: 0, skips: [] } });
  return { name: arm.name, model, levels: { depth: String(model.depth), skips, loss: lossText(loss) }, rest };
}

/** Depth 0 is "none" until its neighbours are known. */
function skipLevel(switches: readonly boolean[]): string | null {
  if (switches.every((on) => !on)) return "none";
  if (switches.every((on) => on)) return "all";
  const off = switches.flatMap((on, level) => (on ? [] : [level]));
  return off.length === 1 ? `cut ${off[0]}` : null;
}
