/** @file Text into LaTeX. */

const signs: Readonly<Record<string, string>> = {
  "\\": "\\textbackslash{}",
  "~": "\\textasciitilde{}",
  "^": "\\textasciicircum{}",
  "−": "$-$",
  "±": "$\\pm$",
  "×": "$\\times$",
  "≥": "$\\geq$",
  "≤": "$\\leq$",
  δ: "$\\delta$",
  "→": "$\\rightarrow$",
  "…": "\\ldots{}",
  "“": "``",
  "”": "''",
};

/** Names come from people: what LaTeX would read as a command is printed. */
export const latexText = (text: string): string =>
  text.replace(/[\\~^−±×≥≤δ→…“”&%$#_{}]/gu, (sign) => signs[sign] ?? `\\${sign}`);
