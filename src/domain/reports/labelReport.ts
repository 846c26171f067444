/**
 * @file A rule-based labeller of chest reports: which findings a report says are there, are not there, or may be there.
 *
 * In the spirit of NegBio (Peng et al. 2018, arXiv:1712.05898) and the CheXpert labeller (Irvin et al. 2019, arXiv:1901.07031, section
 * 3): mention, then classification of the mention, then aggregation. Differs: no parse trees, cues reach to the end of their clause; both findings and
 * impression are read, and where the impression speaks of a finding, it decides; all words are ours. Tried on synthetic reports alone:
 * nothing is known of real ones.
 */
import { breaksIn, type Cue, cuesIn } from "./cues.ts";
import { lexicons } from "./findings.ts";
import type { Evidence, LabelledFinding, Span, Verdict } from "./report.ts";
import { type Sentence, sentencesOf } from "./sentences.ts";

/** Raised when the same report may be read otherwise: what was read stays as it was. */
export const labellerVersion = 1;

interface Mention extends Span {
  readonly finding: string;
  /** Says by itself that the finding is absent. */
  readonly ruledOut: boolean;
}

/** One per finding, in the order of `findingNames`. */
export function labelReport(text: string): LabelledFinding[] {
  const evidence = new Map<string, Evidence[]>(lexicons.map(({ finding }) => [finding, []]));
  for (const sentence of sentencesOf(text)) {
    if (sentence.section === "background") continue;
    for (const { finding, ...found } of readSentence(sentence)) evidence.get(finding)!.push(found);
  }
  return [...evidence].map(([finding, found]) => ({ finding, verdict: decided(found), evidence: found }));
}

/** The impression decides where it speaks of the finding; there a mention that affirms outweighs a hedge, and that a denial. */
function decided(all: readonly Evidence[]): Verdict {
  const concluding = all.filter(({ section }) => section === "impression");
  const said = new Set((concluding.length > 0 ? concluding : all).map(({ verdict }) => verdict));
  return (["positive", "uncertain", "negative"] as const).find((each) => said.has(each)) ?? "notMentioned";
}

function readSentence({ text, start: at, section }: Sentence): (Evidence & { finding: string })[] {
  const mentions = mentionsIn(text);
  if (mentions.length === 0) return [];
  const cues = cuesIn(text).filter(
    (cue) => !mentions.some((mention) => mention.start <= cue.start && cue.end <= mention.end),
  );
  const breaks = breaksIn(text).filter((each) => !cues.some((cue) => cue.start <= each.start && each.end <= cue.end));
  return mentions.flatMap(({ finding, ruledOut, start, end }) => {
    const reaching = cues.filter((cue) => reaches(cue, { start, end }, { text, cues, breaks, mentions }));
    if (reaching.some(({ kind }) => kind === "unsaid")) return [];
    const deciding =
      reaching.find(({ kind }) => kind === "negative") ?? reaching.find(({ kind }) => kind === "uncertain");
    const found = {
      verdict: verdictOf(deciding, ruledOut),
      cue: deciding ? { start: at + deciding.start, end: at + deciding.end } : null,
    };
    return [{ finding, start: at + start, end: at + end, section, ...found }];
  });
}

/** A denied "lungs are clear" says that they are not. */
function verdictOf(cue: Cue | undefined, ruledOut: boolean): Evidence["verdict"] {
  if (cue?.kind === "uncertain") return "uncertain";
  return (cue?.kind === "negative") === ruledOut ? "positive" : "negative";
}

function mentionsIn(sentence: string): Mention[] {
  const all = lexicons.flatMap(({ finding, named, ruledOut }) =>
    [...ruledOut.map((at) => ({ at, ruledOut: true })), ...named.map((at) => ({ at, ruledOut: false }))].flatMap(
      (each) =>
        [...sentence.matchAll(each.at)].map(({ index, 0: words }) => ({
          ...{ finding, ruledOut: each.ruledOut, start: index, end: index + words.length },
        })),
    ),
  );
  // of two that overlap the longer one: "normal heart size", not "heart size"
  return all
    .filter(
      (mention) =>
        !all.some((other) => other !== mention && length(other) > length(mention) && overlap(other, mention)),
    )
    .sort((a, b) => a.start - b.start);
}

interface Clause {
  readonly text: string;
  readonly cues: readonly Cue[];
  readonly breaks: readonly Span[];
  readonly mentions: readonly Mention[];
}

function reaches(cue: Cue, mention: Span, clause: Clause): boolean {
  const forward = cue.reach !== "back" && cue.end <= mention.start;
  const back = cue.reach !== "forward" && mention.end <= cue.start;
  return (forward && reachesForward(cue, mention, clause)) || (back && reachesBack(cue, mention, clause));
}

/** "is", "remains": a clause of its own where they follow a finding that a comma sets apart. */
const finite = /^\W*(?:is|are|was|were|has|have|remains?|persists?|appears?|shows?)\b/i;

function reachesForward(cue: Cue, mention: Span, { text, cues, breaks, mentions }: Clause): boolean {
  const between = { start: cue.end, end: mention.start };
  // "possibly with a small nodule": right behind the cue nothing breaks
  if (breaks.some((each) => within(each, between) && /\w/.test(text.slice(cue.end, each.start)))) return false;
  // the next cue begins something new behind a comma, or once the first has had its finding
  const next = cues.filter((other) => other.reach !== "back" && within(other, between));
  const past = (at: number) =>
    text.slice(cue.end, at).includes(",") || mentions.some((each) => within(each, { start: cue.end, end: at }));
  if (next.some((other) => past(other.start))) return false;
  const words = text.slice(between.start, between.end);
  const apart = /,\s*(?!(?:and|or|nor)\b)[^,]*$/i.test(words) && mentions.some((each) => within(each, between));
  return !(
    apart &&
    finite.test(text.slice(mention.end)) &&
    !/\b(?:or|nor)\b/i.test(words.slice(words.lastIndexOf(",")))
  );
}

/** Back to where another clause, or another statement with its own verb, ends. */
function reachesBack(cue: Cue, mention: Span, { text, cues, breaks }: Clause): boolean {
  const between = { start: mention.end, end: cue.start };
  if (breaks.some((each) => within(each, between))) return false;
  if (cues.some((other) => other !== cue && other.reach !== "forward" && within(other, between))) return false;
  return !/\b(?:is|are|was|were|has|have|remains?|persists?|shows?)\b.*,/i.test(text.slice(between.start, between.end));
}

const length = ({ start, end }: Span) => end - start;
const overlap = (a: Span, b: Span) => a.start < b.end && b.start < a.end;
const within = (inner: Span, outer: Span) => inner.start >= outer.start && inner.end <= outer.end;
