/**
 * @file Words that deny, hedge, or take a mention out of what the report says of this film. The words are ours.
 *
 * A cue before a finding reaches forward, one behind it back, to the end of its clause. Longer cues take their words from shorter ones:
 * in "cannot be excluded" no "not" is left, in "no change in" no "no".
 */
import type { Span } from "./report.ts";

export type CueKind =
  /** It is not there. */
  | "negative"
  /** It may be there. */
  | "uncertain"
  /** Takes the words of a denial that is none: it is there, as before. */
  | "plain"
  /** Asked, or of the past: nothing is said of this film. */
  | "unsaid";

export interface Cue extends Span {
  readonly kind: CueKind;
  readonly reach: "forward" | "back" | "both";
}

interface CueWords {
  readonly kind: CueKind;
  readonly reach: Cue["reach"];
  readonly words: readonly string[];
}

const be = "(?:is|are|was|were|has been|have been|be|being)";
const can = "(?:can ?not|can't|could not|couldn't|unable to|difficult to|hard to)";
const seen = "(?:seen|identified|present|visuali[sz]ed|demonstrated|evident|noted|detected|apparent|appreciated|found)";
const rule = "(?:exclude[ds]?|rule[ds]? out|excluding|ruling out)";

const lists: readonly CueWords[] = [
  {
    kind: "plain",
    reach: "forward",
    words: [
      "(?:no|without) (?:\\w+ )?(?:interval )?(?:change|improvement|resolution|decrease|increase|progression|clearing)s? (?:in|of|to|from)",
      "(?:there is )?(?:no doubt|no question)(?: about| of| that)?",
      "not (?:only|without)",
      "not (?:\\w+ )?(?:changed|improved|increased|decreased|cleared)",
      "(?:no|not) (?:\\w+ )?(?:absence|lack) of",
      "no longer (?:suspected|questionable) but",
    ],
  },
  {
    kind: "plain",
    reach: "back",
    words: [
      `(?:has|have|had|does|did|do) not (?:\\w+ly )?(?:resolved?|cleared?|disappear(?:ed)?|changed?|improved?)`,
      `(?:shows?|with) no (?:\\w+ )?(?:interval )?(?:change|improvement|resolution)`,
      `${be} not (?:absent|changed|resolved)`,
    ],
  },
  {
    kind: "uncertain",
    reach: "forward",
    words: [
      `${can} (?:\\w+ly )?(?:be )?${rule}`,
      "(?:not|never) (?:\\w+ly )?(?:exclude|rule out)",
      "possib(?:le|ly)", "probab(?:le|ly)", "perhaps", "suspected", "presumed", "questionable", "question of", "likely",
      "(?:may|might|could|would) (?:\\w+ )?(?:represent|reflect|be|indicate|relate to|correspond to|also be|have)",
      "suggest(?:s|ed|ing|ive)?(?: of)?", "suspicio(?:us|n) (?:for|of)", "concern(?:ing)? (?:for|of|about)", "worrisome for",
      "raises? the possibility of", "differential (?:diagnosis )?(?:includes|is|would include)", "equivocal(?: for)?", "borderline",
      "cannot tell", "unclear (?:if|whether)", "versus", "vs\\.?",
      "(?:not|less) (?:\\w+ly )?(?:certain|definite|typical)(?: for| of)?",
    ],
  },
  {
    kind: "uncertain",
    reach: "back",
    words: [
      `${can} (?:\\w+ly )?be (?:\\w+ly )?(?:excluded|ruled out)`,
      `(?:${be} )?not (?:\\w+ly )?(?:excluded|ruled out)`,
      `${be} (?:\\w+ly )?(?:possible|questionable|suspected|considered|likely|unlikely|uncertain|equivocal|conceivable|in question)`,
      "(?:less |un)likely", "(?:may|might|could) (?:also )?be (?:present|seen|there|considered)", "remains? (?:a possibility|possible|in question)",
      "versus", "vs\\.?", "\\?",
    ],
  },
  {
    kind: "negative",
    reach: "forward",
    words: [
      "no(?: \\w+)? (?:evidence|sign|signs|indication|suggestion|suspicion) (?:of|for|to suggest)",
      "no", "not", "without(?: evidence of| sign of)?", "neither", "nor", "nothing (?:to suggest|suggestive of|suspicious for)", "never", "free (?:of|from)", "clear of", "negative for",
      "absence of", "absent", "lack of", "lacks?", `${rule.replace("exclude[ds]?", "excludes").replace("rule[ds]? out", "rules out")}`,
      "(?:interval )?(?:resolution|clearing|removal) of", "(?:has|have) resolved", "resolved", "denies", "rather than", "instead of",
    ],
  },
  {
    kind: "negative",
    reach: "back",
    words: [
      `(?:${be} |can |could )?(?:not|no longer|never) (?:\\w+ly )?(?:be )?${seen}`,
      `(?:${be} )?absent`, `(?:${be} )(?:excluded|ruled out)`, "(?:has|have) (?:\\w+ly )?(?:resolved|cleared|disappeared)", `${be} (?:\\w+ly )?resolved`,
      "(?:no longer|not) visible", `${be} (?:\\w+ly )?negative`,
    ],
  },
  {
    kind: "unsaid",
    reach: "forward",
    words: [
      "history of", "(?:known )?previous", "prior(?: episode of)?", "status post", "family history of", "treated for", "(?:to )?(?:evaluate|assess|check|look) for",
      "(?:please )?rule out", "question is", "concern was for", "follow-?up (?:for|of)", "risk of", "prone to", "past",
    ],
  },
]; // biome-ignore format: words in rows

const whole = (source: string) => new RegExp(`(?<![\\w-])(?:${source})(?![\\w-])`, "gi");
const patterns = lists.map(({ kind, reach, words }) => ({ any: whole(words.join("|")), each: words.map((source) => ({ kind, reach, at: whole(source) })) })); // biome-ignore format: one line

/** In the order of the text; none overlaps another, of those that do the longest stays, of equals the first of the lists. */
export function cuesIn(sentence: string): Cue[] {
  const all = patterns
    .filter(({ any }) => sentence.search(any) >= 0)
    .flatMap(({ each }) => each)
    .flatMap(({ kind, reach, at }, place) =>
      [...sentence.matchAll(at)].map(({ index, 0: words }) => ({
        kind,
        reach,
        start: index,
        end: index + words.length,
        place,
      })),
    );
  all.sort((a, b) => b.end - b.start - (a.end - a.start) || a.place - b.place);
  const kept: (typeof all)[number][] = [];
  for (const cue of all) {
    const twin = kept.find(({ start, end }) => cue.start < end && start < cue.end);
    if (!twin) kept.push(cue);
    else if (twin.start === cue.start && twin.end === cue.end && twin.kind === cue.kind && twin.reach !== cue.reach) twin.reach = "both"; // biome-ignore format: one line
  }
  return kept.sort((a, b) => a.start - b.start).map(({ place: _, ...cue }) => cue);
}

/** Words that end what a cue reaches: another clause begins. */
const breaks =
  /;|:|\.(?=\s)|\b(?:but|however|although|though|except|aside from|apart from|other than|besides|yet|while|whereas|which|despite|in spite of|otherwise|and (?:a|an|the|there|now|with)|with (?:a|an|new|mild|moderate|small|large|increas\w+|persist\w+)|there (?:is|are)|in the setting of|due to|because of|secondary to)\b/gi;

export const breaksIn = (sentence: string): Span[] =>
  [...sentence.matchAll(breaks)].map(({ index, 0: words }) => ({ start: index, end: index + words.length }));
