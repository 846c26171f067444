/** @file Who trains, who selects, who is scored: splits by rule, deterministic, whole subjects only. */
import { createHash } from "node:crypto";
import { DomainError } from "./errors.ts";
import { type Fold, folds } from "./words.ts";

const hash = (text: string) => createHash("sha256").update(text).digest("hex");
const byHash = <T>(key: (value: T) => string) => {
  const known = new Map<T, string>();
  const of = (value: T) => {
    const found = known.get(value) ?? hash(key(value));
    known.set(value, found);
    return found;
  };
  return (a: T, b: T) => (of(a) < of(b) ? -1 : 1);
};

export interface FoldOf {
  readonly id: string;
  readonly name: string;
  readonly fold: Fold;
}

export interface OfficialSplit {
  readonly rule: string;
  /** In the order of the items given. */
  readonly items: readonly FoldOf[];
  /** Listed, but not in the dataset (for example refused at import). */
  readonly missing: readonly string[];
  /** In the dataset, but in no list: in no fold. */
  readonly unlisted: readonly string[];
}

/** Share of a published training list that selects (checkpoint, threshold), where no validation list is published. */
export const validationShare = 0.1;

/**
 * A published split. Without a validation list, floor(0.1 n) of the n training items become validation: those whose
 * sha256(name), as hex, is smallest.
 * @throws DomainError BAD_INPUT for a name in two lists, or a fold that stays empty
 */
export function officialSplit(input: {
  readonly train: readonly string[];
  readonly test: readonly string[];
  readonly validation?: readonly string[];
  readonly items: readonly { readonly id: string; readonly name: string }[];
}): OfficialSplit {
  const { train, test, validation, items } = input;
  const foldOf = new Map<string, Fold>();
  const list = (names: readonly string[], fold: Fold) => {
    for (const name of names) {
      const other = foldOf.get(name);
      if (other !== undefined && other !== fold) {
        throw new DomainError("BAD_INPUT", `${name} is listed for ${other} and for ${fold}; an item has one fold`, {
          name,
        });
      }
      foldOf.set(name, fold);
    }
  };
  list(train, "train");
  list(test, "test");
  list(validation ?? [], "validation");

  const present = new Set(items.map((item) => item.name));
  if (validation === undefined) {
    const ordered = [...foldOf.keys()].filter((name) => foldOf.get(name) === "train" && present.has(name));
    ordered.sort(byHash((name) => name));
    for (const name of ordered.slice(0, Math.floor(validationShare * ordered.length))) foldOf.set(name, "validation");
  }
  const placed = items.flatMap(({ id, name }) => {
    const fold = foldOf.get(name);
    return fold === undefined ? [] : [{ id, name, fold }];
  });
  refuseEmptyFold(placed, "The published lists");
  return {
    rule:
      validation === undefined
        ? "published test list; validation: 10 % of the published training list, smallest sha256(name) first; the rest trains"
        : "published training, validation and test lists",
    items: placed,
    missing: [...foldOf.keys()].filter((name) => !present.has(name)),
    unlisted: items.filter((item) => !foldOf.has(item.name)).map((item) => item.name),
  };
}

export interface Shares {
  readonly train: number;
  readonly validation: number;
  readonly test: number;
}

export const defaultShares: Shares = { train: 0.7, validation: 0.1, test: 0.2 };

/**
 * Shares of items, in whole subjects. Subjects are ordered by sha256("seed:subject"); test, then validation, takes each
 * one that brings it nearer to its share; the rest trains. Every fold gets at least one subject, so a share is met only
 * as nearly as the subjects' sizes allow. The order of the items does not matter.
 * @throws DomainError BAD_INPUT for fewer than 3 subjects, or shares that are not positive with sum 1
 */
export function subjectSplit(
  items: readonly { readonly id: string; readonly name: string; readonly subject: string }[],
  shares: Shares = defaultShares,
  seed = 0,
): { readonly rule: string; readonly items: readonly FoldOf[] } {
  const total = shares.train + shares.validation + shares.test;
  if (!folds.every((fold) => shares[fold] > 0) || Math.abs(total - 1) > 1e-9) {
    const got = folds.map((fold) => `${fold} ${shares[fold]}`).join(", ");
    throw new DomainError("BAD_INPUT", `Expected three shares above 0 with sum 1, got ${got}`, { shares });
  }
  const size = new Map<string, number>();
  for (const { subject } of items) size.set(subject, (size.get(subject) ?? 0) + 1);
  if (size.size < 3) {
    throw new DomainError(
      "BAD_INPUT",
      `Expected at least 3 subjects (one per fold), got ${size.size} among ${items.length} items; add data of other subjects`,
      { subjects: size.size, items: items.length },
    );
  }

  let left = [...size.keys()].sort(byHash((subject) => `${seed}:${subject}`));
  const foldOf = new Map<string, Fold>(left.map((subject) => [subject, "train"]));
  for (const [fold, foldsAfter] of [
    ["test", 2],
    ["validation", 1],
  ] as const) {
    const target = shares[fold] * items.length;
    let taken = 0;
    const chosen = new Set<string>();
    for (const subject of left) {
      const count = size.get(subject)!;
      if (left.length - chosen.size <= foldsAfter || count >= 2 * (target - taken)) continue;
      chosen.add(subject);
      taken += count;
    }
    if (chosen.size === 0)
      chosen.add(left.reduce((least, subject) => (size.get(subject)! < size.get(least)! ? subject : least)));
    for (const subject of chosen) foldOf.set(subject, fold);
    left = left.filter((subject) => !chosen.has(subject));
  }
  const percent = folds.map((fold) => `${fold} ${Math.round(shares[fold] * 100)} %`).join(", ");
  return {
    rule: `by subject, ${percent} of the items as nearly as whole subjects allow, order by sha256 of seed ${seed} and subject`,
    items: items.map(({ id, name, subject }) => ({ id, name, fold: foldOf.get(subject)! })),
  };
}

/** Subjects that are in more than one fold, with those folds; a split that has any must not be frozen. */
export function subjectsInTwoFolds(
  items: readonly { readonly subject: string; readonly fold: Fold }[],
): { readonly subject: string; readonly folds: readonly Fold[] }[] {
  const seen = new Map<string, Set<Fold>>();
  for (const { subject, fold } of items) seen.set(subject, (seen.get(subject) ?? new Set()).add(fold));
  return [...seen].filter(([, set]) => set.size > 1).map(([subject, set]) => ({ subject, folds: [...set] }));
}

function refuseEmptyFold(items: readonly FoldOf[], what: string): void {
  const empty = folds.filter((fold) => !items.some((item) => item.fold === fold));
  if (empty.length === 0) return;
  throw new DomainError(
    "BAD_INPUT",
    `${what} leave no item for ${empty.join(" and ")}; check that they name this dataset's items`,
    { empty },
  );
}
