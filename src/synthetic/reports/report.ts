/** @file Chest reports with planted truth: what each says of fourteen findings is drawn first, and then put into words. */
import { type RandomStream, randomStream } from "@tessera/domain/random";
import { findingNames } from "@tessera/domain/reports/findings";
import type { Verdict } from "@tessera/domain/reports/report";
import { absent, asides, fillers, hedged, history, pairs, present, presentInSpite, terms } from "./phrases.ts";

export interface SyntheticReport {
  readonly name: string;
  readonly text: string;
  /** By finding. */
  readonly truth: ReadonlyMap<string, Verdict>;
}

const shares: readonly (readonly [Verdict, number])[] = [["positive", 0.18], ["negative", 0.3], ["uncertain", 0.12]]; // biome-ignore format: one line
/** Of a wording that the labeller may not know. */
const rareTerm = 0.03;

/** The same seed and index give the same report. */
export function syntheticReport({ seed, index }: { readonly seed: number; readonly index: number }): SyntheticReport {
  const random = randomStream(seed, "report", index);
  const truth = new Map<string, Verdict>(findingNames.map((finding) => [finding, drawVerdict(random)]));
  const said = [...truth].filter(([, verdict]) => verdict !== "notMentioned");
  const unsaid = [...truth].filter(([, verdict]) => verdict === "notMentioned").map(([finding]) => finding);
  const sentences = shuffled(inWords(said, random), random);
  if (random.uniform() < 0.5) sentences.splice(random.integer(sentences.length + 1), 0, pick(fillers, random));
  if (unsaid.length > 0 && random.uniform() < 0.3)
    sentences.push(worded(pick(asides, random), pick(unsaid, random), random));
  const reason = worded(pick(history, random), pick(findingNames, random), random);
  const parts = [
    `${pick(["HISTORY", "INDICATION", "Clinical information", "REASON FOR EXAM"], random)}: ${reason}`,
    ...(random.uniform() < 0.5 ? ["COMPARISON: None."] : []),
    `${pick(["FINDINGS", "Findings", "REPORT"], random)}: ${sentences.join(" ")}`,
    ...(said.length > 0 && random.uniform() < 0.7 ? [`IMPRESSION: ${impression(said, random)}`] : []),
  ];
  return { name: `report ${String(index).padStart(5, "0")}`, text: parts.join("\n"), truth };
}

/** Some of what the findings say, again. */
const impression = (said: readonly (readonly [string, Verdict])[], random: RandomStream) =>
  shuffled([...said], random)
    .slice(0, 1 + random.integer(3))
    .map(
      ([finding, verdict], at) => `${random.uniform() < 0.5 ? `\n${at + 1}. ` : " "}${alone(finding, verdict, random)}`,
    )
    .join("")
    .trim();

/** Some in lists and pairs, the others alone. */
function inWords(said: readonly (readonly [string, Verdict])[], random: RandomStream): string[] {
  let left = shuffled([...said], random);
  const sentences: string[] = [];
  const denied = left.filter(([, verdict]) => verdict === "negative").slice(0, 2 + random.integer(3));
  if (denied.length > 1 && random.uniform() < 0.6) {
    const names = denied.map(([finding]) => termOf(finding, random));
    sentences.push(capital(`${pick(["no", "no evidence of", "there is no"], random)} ${names.slice(0, -1).join(", ")} or ${names.at(-1)}.`)); // biome-ignore format: one line
    left = left.filter((each) => !denied.includes(each));
  }
  for (const { text, verdicts } of shuffled([...pairs], random).slice(0, 3)) {
    const first = left.find(([, verdict]) => verdict === verdicts[0]);
    const second = left.find((each) => each !== first && each[1] === verdicts[1]);
    if (!first || !second) continue;
    sentences.push(capital(text.replace("$1", termOf(first[0], random)).replace("$2", termOf(second[0], random))));
    left = left.filter((each) => each !== first && each !== second);
  }
  return [...sentences, ...left.map(([finding, verdict]) => alone(finding, verdict, random))];
}

function alone(finding: string, verdict: Verdict, random: RandomStream): string {
  if (verdict === "negative") return worded(pick(absent, random), finding, random);
  if (verdict === "uncertain") return worded(pick(hedged, random), finding, random);
  return worded(pick(random.uniform() < 0.3 ? presentInSpite : present, random), finding, random);
}

const worded = (phrase: string, finding: string, random: RandomStream) => capital(phrase.replace("$", termOf(finding, random))); // biome-ignore format: one line

function termOf(finding: string, random: RandomStream): string {
  const known = terms[finding]!;
  return random.uniform() < rareTerm ? known.at(-1)! : known[random.integer(known.length - 1)]!;
}

function drawVerdict(random: RandomStream): Verdict {
  let at = random.uniform();
  for (const [verdict, share] of shares) {
    at -= share;
    if (at < 0) return verdict;
  }
  return "notMentioned";
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
const pick = <Each>(all: readonly Each[], random: RandomStream): Each => all[random.integer(all.length)]!;

function shuffled<Each>(all: Each[], random: RandomStream): Each[] {
  const rest = [...all];
  for (let i = rest.length - 1; i > 0; i--) {
    const j = random.integer(i + 1);
    [rest[i], rest[j]] = [rest[j]!, rest[i]!];
  }
  return rest;
}
