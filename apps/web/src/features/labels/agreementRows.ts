/** @file Agreement as rows of a plot: an estimate with its interval, under a heading. */
import type { Agreement, Schema } from "./model.ts";

export interface AgreementRow {
  readonly group: string;
  readonly name: string;
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly items: number;
  /** Beside the value. */
  readonly more?: string;
}

type Estimate = NonNullable<Agreement["overall"]>["alpha"];

export function agreementRows(agreement: Agreement, schema: Schema): AgreementRow[] {
  const row = (group: string, name: string, { value, low, high, items }: Estimate): AgreementRow => ({
    group,
    name,
    value: value ?? null,
    low: low ?? null,
    high: high ?? null,
    items,
  });
  const { overall, classes, masks } = agreement;
  const all = "All readers";
  const pairs = "Each two readers, Cohen’s kappa";
  const rows: AgreementRow[] = [];
  if (overall) {
    rows.push(row(all, "Krippendorff’s alpha", overall.alpha), row(all, "Fleiss’ kappa", overall.fleiss));
    if (overall.ordinalAlpha) rows.push(row(all, "alpha, ordinal", overall.ordinalAlpha));
    for (const { a, b, kappa, linear, quadratic } of overall.pairs) {
      rows.push(row(pairs, `${a} · ${b}`, kappa));
      if (linear) rows.push(row("Weighted linearly", `${a} · ${b}`, linear));
      if (quadratic) rows.push(row("Weighted quadratically", `${a} · ${b}`, quadratic));
    }
  }
  const ofClass = "Each class, Krippendorff’s alpha";
  for (const each of classes) rows.push(row(ofClass, each.className ?? "", each.alpha));
  if (!overall && classes.length === 1)
    for (const { a, b, kappa } of classes[0]!.pairs) rows.push(row(pairs, `${a} · ${b}`, kappa));
  for (const { a, b, classIndex, dice, low, high, items, hd95, oneEmpty, bothEmpty } of masks) {
    const of =
      classIndex === null || classIndex === undefined || schema.classes.length === 1
        ? "Dice"
        : `Dice, ${schema.classes[classIndex]}`;
    const empty = [oneEmpty > 0 ? `one empty ${oneEmpty}` : "", bothEmpty > 0 ? `both empty ${bothEmpty}` : ""]
      .filter(Boolean)
      .join(", ");
    const more = `${typeof hd95 === "number" ? `${hd95.toFixed(1)} px` : "no distance"}${empty ? `; ${empty}` : ""}`;
    rows.push({
      group: of,
      name: `${a} · ${b}`,
      value: dice ?? null,
      low: low ?? null,
      high: high ?? null,
      items,
      more,
    });
  }
  const groups = [...new Set(rows.map(({ group }) => group))];
  return groups.flatMap((group) => rows.filter((each) => each.group === group));
}
