/** @file A report cut into sections, and those into sentences, with their places in the text. */
import type { Span } from "./report.ts";

/** What a section is for; findings where the report names none. */
export type SectionKind = "findings" | "impression" | "background";

export interface Sentence extends Span {
  readonly section: SectionKind;
  readonly text: string;
}

const headings: readonly { readonly kind: SectionKind; readonly names: string }[] = [
  { kind: "impression", names: "impression|conclusions?|summary|opinion|assessment" },
  { kind: "findings", names: "findings?|report|description|observations?|chest|lungs|heart|pleura|mediastinum|bones?" },
  {
    kind: "background",
    names:
      "(?:clinical )?(?:history|information|indications?|details|question)|reason for (?:exam(?:ination)?|study|request)|techni(?:que|cal)|comparisons?|prior (?:studies|exams?)|procedure|exam(?:ination)?|views?|recommendations?",
  },
];
const headed = headings.map(({ kind, names }) => ({ kind, at: new RegExp(`^(?:${names})$`, "i") }));

/** A heading: some words and a colon at the start of a line or a sentence. */
const heading = /(?:^|[\n.])[ \t]*([A-Za-z][A-Za-z ]{2,30}):/g;

/** "1.2 cm", "Dr. Smith", "e.g. this" end no sentence. */
const stop = /[.!?](?=\s|$)|\n\s*\n|\n\s*(?=[-*•]|\d+[.)]\s)/g;
const title = /\b(?:dr|mr|mrs|ms|vs|approx|e\.g|i\.e)$/i;
/** Ends one only where a capital letter follows, or nothing. */
const abbreviation = /\b(?:no|fig|st|\d+)$/i;

/** In the order of the text; none is empty. */
export function sentencesOf(text: string): Sentence[] {
  const sections: { kind: SectionKind; start: number; end: number }[] = [
    { kind: "findings", start: 0, end: text.length },
  ];
  for (const match of text.matchAll(heading)) {
    const name = match[1]!.trim();
    const known = headed.find(({ at }) => at.test(name));
    if (!known) continue;
    sections.at(-1)!.end = match.index + (/^[\n.]/.test(match[0]) ? 1 : 0);
    sections.push({ kind: known.kind, start: match.index + match[0].length, end: text.length });
  }
  return sections.flatMap(({ kind, start, end }) => cut(text, start, end).map((span) => ({ ...span, section: kind, text: text.slice(span.start, span.end) }))); // biome-ignore format: one line
}

function cut(text: string, from: number, to: number): Span[] {
  const part = text.slice(from, to);
  const ends = [...part.matchAll(stop)]
    .filter(({ index, 0: mark }) => mark !== "." || isEnd(part, index))
    .map(({ index }) => index + 1);
  const bounds = [0, ...ends, part.length];
  return bounds
    .slice(1)
    .map((end, at) => ({ start: from + bounds[at]!, end: from + end }))
    .filter(({ start, end }) => /[a-z]/i.test(text.slice(start, end)));
}

function isEnd(part: string, at: number): boolean {
  const before = part.slice(Math.max(0, at - 8), at);
  if (title.test(before)) return false;
  return !abbreviation.test(before) || /^\.\s*(?:$|\n|[A-Z])/.test(part.slice(at));
}
