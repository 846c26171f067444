/** @file How far readers agree on classes: of all of them, of each class, of each pair, and of each reader with the others. */
import { cohensKappa, crossTable, type Kappa } from "./cohen.ts";
import { fleissKappa } from "./fleiss.ts";
import type { Estimate } from "./jackknife.ts";
import { krippendorffAlpha } from "./krippendorff.ts";
import { type ClassOpinions, ratingsOfClass, ratingsOfItems } from "./opinions.ts";
import { missing, type Ratings } from "./ratings.ts";

export interface PairAgreement {
  readonly a: string;
  readonly b: string;
  readonly kappa: Kappa;
  /** Of ordered categories only. */
  readonly linear: Kappa | null;
  readonly quadratic: Kappa | null;
  /** [what a said][what b said] items. */
  readonly table: readonly (readonly number[])[];
}

export interface Agreement {
  readonly fleiss: Estimate;
  readonly alpha: Estimate;
  /** Of ordered categories only. */
  readonly ordinalAlpha: Estimate | null;
  readonly pairs: readonly PairAgreement[];
}

export interface ReaderAgreement {
  readonly reader: string;
  /** Items that the reader called. */
  readonly opinions: number;
  /** Mean of its kappas with each other reader (of several questions: over all of them); null where none is defined. */
  readonly kappa: number | null;
}

export interface ClassAgreement {
  /** Of exclusive classes: which class. Null where an item may have any number. */
  readonly overall: Agreement | null;
  /** Of each class: present or absent. */
  readonly classes: readonly Agreement[];
  readonly readers: readonly ReaderAgreement[];
}

/** @param ordered exclusive classes are in an order, as grades are */
export function classAgreement(opinions: ClassOpinions, ordered = false): ClassAgreement {
  const overall = opinions.exclusive ? agreementOf(ratingsOfItems(opinions), ordered) : null;
  const classes = opinions.classes.map((_, index) => agreementOf(ratingsOfClass(opinions, index), false));
  const pairs = (overall === null ? classes : [overall]).flatMap((each) => each.pairs);
  return {
    overall,
    classes,
    readers: opinions.readers.map((reader, index) => {
      const own = pairs.flatMap(({ a, b, kappa }) => (a === reader || b === reader ? (kappa.value ?? []) : []));
      return {
        reader,
        opinions: opinions.rows.filter((row) => row[index] !== null).length,
        kappa: own.length === 0 ? null : own.reduce((sum, value) => sum + value, 0) / own.length,
      };
    }),
  };
}

export function agreementOf(ratings: Ratings, ordered: boolean): Agreement {
  const { readers } = ratings;
  return {
    fleiss: fleissKappa(ratings),
    alpha: krippendorffAlpha(ratings),
    ordinalAlpha: ordered ? krippendorffAlpha(ratings, "ordinal") : null,
    pairs: readers.flatMap((a, i) =>
      readers.slice(i + 1).map((b, j) => {
        const table = crossTable(ratings, i, i + 1 + j);
        const weighted = (weights: "linear" | "quadratic") => (ordered ? cohensKappa(table, weights) : null);
        return { a, b, table, kappa: cohensKappa(table), linear: weighted("linear"), quadratic: weighted("quadratic") };
      }),
    ),
  };
}

/** Share of an item's pairs of opinions that differ, over its questions; null where no question has two. */
export function disagreementOf(row: ClassOpinions["rows"][number], exclusive: boolean): number | null {
  const given = row.flatMap((values) => (values === null ? [] : [values]));
  let [pairs, differing] = [0, 0];
  const questions = exclusive ? 1 : (given[0]?.length ?? 0);
  for (let question = 0; question < questions; question++) {
    const answers = given.map((values) => (exclusive ? values.indexOf(1) : (values[question] ?? missing)));
    const known = answers.filter((answer) => answer !== missing);
    for (let a = 0; a < known.length; a++) {
      for (let b = a + 1; b < known.length; b++) {
        pairs++;
        if (known[a] !== known[b]) differing++;
      }
    }
  }
  return pairs === 0 ? null : differing / pairs;
}
