/** @file The table of metrics for a paper: booktabs, one column per arm, what the numbers rest on in the caption. */
import { isNumber } from "@/lib/format";
import { latexText } from "@/lib/latex";
import type { SetModel } from "../model.ts";
import {
  cellOf,
  definedMetrics,
  type Metric,
  type MetricCell,
  type MetricTable,
  metricGroups,
  metricTitle,
  metricValue,
} from "./metricText.ts";

const arrow = ({ higherIsBetter }: Metric) => (higherIsBetter ? "$\\uparrow$" : "$\\downarrow$");

const verdictSigns: Readonly<Record<string, string>> = {
  BETTER: "$^{+}$",
  WORSE: "$^{-}$",
  EQUIVALENT: "$^{\\approx}$",
};

function cellText(metric: Metric, cell: MetricCell | undefined): string {
  if (!isNumber(cell?.mean)) return "--";
  const spread = isNumber(cell.sd) ? ` $\\pm$ ${metricValue(metric, cell.sd)}` : "";
  return `${latexText(metricValue(metric, cell.mean))}${spread}${verdictSigns[cell.difference?.verdict ?? ""] ?? ""}`;
}

export function metricsLatex(table: MetricTable, model: SetModel): string {
  const groups = metricGroups(definedMetrics(table).defined);
  const columns = model.arms.length + 1;
  const lines = groups.flatMap(({ title, metrics }) => [
    "\\midrule",
    `\\multicolumn{${columns}}{l}{\\emph{${latexText(title)}}} \\\\`,
    ...metrics.map((metric) => {
      const cells = model.arms.map(({ name }) => cellText(metric, cellOf(table, name, metric.name)));
      return `${latexText(metricTitle(metric))} ${arrow(metric)} & ${cells.join(" & ")} \\\\`;
    }),
  ]);
  const conventions = groups
    .flatMap(({ metrics }) => metrics)
    .map(({ label, convention }) => `${latexText(label)}: ${latexText(convention)}`)
    .join(". ");
  return `% needs \\usepackage{booktabs}
\\begin{table}
\\centering
\\caption{Mean $\\pm$ SD over seeds of the mean over items. ${latexText(model.basis)}. Against ${latexText(table.reference)}: $^{+}$ better, $^{-}$ worse, $^{\\approx}$ equivalent; no sign: undecided, or no verdict. ${conventions}.}
\\begin{tabular}{l${"r".repeat(model.arms.length)}}
\\toprule
Metric & ${model.arms.map(({ name }) => latexText(name)).join(" & ")} \\\\
${lines.join("\n")}
\\bottomrule
\\end{tabular}
\\end{table}
`;
}
