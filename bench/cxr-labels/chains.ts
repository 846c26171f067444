/** @file The chains of one finding, as a researcher would enter them: the same counts, read in two ways. */
import { designEffects } from "@tessera/analysis/labelChain/designEffects";
import type { Film, Films, Finding } from "./films.ts";

export const readings = ["by finding", "by label"] as const;
export type Reading = (typeof readings)[number];

const round = (value: number, digits: number) => Number(value.toFixed(digits));

/**
 * By finding: at random among films with it and without it, so that sensitivity and specificity are those of all films.
 * By label: at random among films that NIH labels so and not so; then the predictive values are.
 */
export function chainInput({ name, labels }: Finding, films: Films, reading: Reading) {
  const own = films.adjudicated.get(name)!;
  const share = round(films.labelled.get(name)!, 6);
  const shares = [round(1 - share, 6), share];
  const samples = [...Map.groupBy(own, ({ set }) => set)].sort().map(([set, group]) => ({
    set,
    counts: countsOf(group),
    designEffects: designEffects(group.map((film) => turned(film, reading)), 2).map((each) => round(each, 3)), // biome-ignore format: one line
  }));
  const patients = new Set(own.map(({ patient }) => patient)).size;
  const source = `NIH ChestX-ray14 text-mined labels (${labels.join(" or ")}; Wang et al. 2017) against radiologists' adjudication (Majkowska et al. 2020): ${own.length} films of ${patients} patients`;
  const common = `Share of ${films.all} NIH films that are labelled so`;
  const given =
    reading === "by label"
      ? { prevalence: null, prevalenceSource: "", counts: { source, samples, chosenBy: "AFTER", shares } }
      : { prevalence: shares, prevalenceSource: common, counts: { source, samples, chosenBy: "BEFORE" } };
  const { counts, ...prevalence } = given;
  return {
    projectName: "Chest x-ray labels",
    name: `${name}, films chosen ${reading}`,
    note: "Reader, report and NLP in one step: the reports are not public",
    classes: ["absent", "present"],
    ...prevalence,
    stages: [{ kind: "LABEL", counts }],
  };
}

const turned = ({ patient, adjudicated, labelled }: Film, reading: Reading) =>
  reading === "by finding"
    ? { subject: patient, given: adjudicated, called: labelled }
    : { subject: patient, given: labelled, called: adjudicated };

/** [adjudicated][labelled] films. */
export function countsOf(films: readonly Film[]): number[][] {
  const counts = [[0, 0], [0, 0]]; // biome-ignore format: one line
  for (const { adjudicated, labelled } of films) counts[adjudicated]![labelled]!++;
  return counts;
}
