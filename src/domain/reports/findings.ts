/**
 * @file The fourteen findings of the NIH chest-film labels (Wang et al. 2017, arXiv:1705.02315, table 1), and the words by which this
 * labeller knows them. The words are ours; a report that uses others is not understood.
 */
export interface Lexicon {
  readonly finding: string;
  /** Other names that a label schema may use, in lower case. */
  readonly aliases: readonly string[];
  /** Words that name it. */
  readonly named: readonly RegExp[];
  /** Words that say it is absent without a denial. */
  readonly ruledOut: readonly RegExp[];
}

const words = (...sources: readonly string[]): RegExp[] =>
  sources.map((source) => new RegExp(`\\b(?:${source})\\b`, "gi"));

const heart = "(?:heart(?: size)?|cardiac (?:silhouette|size|shadow|contours?)|cardiomediastinal silhouette)";
const verb = "(?:is|are|was|were|remains?|appears?)";
const normal = "(?:normal|unremarkable|not enlarged|within (?:the )?normal (?:limits|range)|of normal size)";

export const lexicons: readonly Lexicon[] = [
  { finding: "Atelectasis", aliases: [], named: words("atelecta(?:sis|ses|tic)", "(?:lobar|lung|partial) collapse", "volume loss"), ruledOut: [] },
  {
    finding: "Cardiomegaly",
    aliases: ["enlarged heart"],
    named: words("cardiomegaly", "cardiac enlargement", `enlarged ${heart}`, `(?:enlargement of|large) (?:the )?${heart}`, `${heart} (?:${verb} )?(?:\\w+ly )?(?:enlarged|increased)`), // biome-ignore format: one line
    ruledOut: words(`${heart} (?:${verb} )?${normal}`, `normal ${heart}`),
  },
  { finding: "Consolidation", aliases: [], named: words("consolidat(?:ions?|ed|ive)", "air ?space (?:disease|opacit(?:y|ies))"), ruledOut: words(`lungs? (?:fields )?(?:${verb} )?(?:well aerated and )?clear`, "clear lungs") },
  { finding: "Edema", aliases: ["oedema", "pulmonary edema"], named: words("o?edema(?:tous)?", "(?:pulmonary )?vascular congestion", "fluid overload"), ruledOut: [] },
  { finding: "Effusion", aliases: ["pleural effusion"], named: words("effusions?", "pleural fluid", "hydrothorax", "blunt(?:ed|ing)(?: of)?(?: the)?(?: \\w+)? (?:costophrenic|cp) (?:angles?|sulc(?:us|i))"), ruledOut: words(`(?:costophrenic|cp) (?:angles|sulci) (?:${verb} )?(?:sharp|clear|preserved)`, "sharp (?:costophrenic|cp) angles") },
  { finding: "Emphysema", aliases: ["copd"], named: words("emphysema(?:tous)?", "hyper-?inflat(?:ion|ed)", "copd"), ruledOut: [] },
  { finding: "Fibrosis", aliases: [], named: words("fibro(?:sis|tic)", "honeycombing", "interstitial scarring"), ruledOut: [] },
  { finding: "Hernia", aliases: ["hiatal hernia"], named: words("herni(?:a|as|ation)", "intrathoracic stomach"), ruledOut: [] },
  { finding: "Infiltration", aliases: ["infiltrate"], named: words("infiltrat(?:es?|ions?|ive)"), ruledOut: [] },
  { finding: "Mass", aliases: ["lung mass"], named: words("mass(?:es)?", "tumou?rs?", "neoplasms?"), ruledOut: [] },
  { finding: "Nodule", aliases: ["lung nodule"], named: words("nodul(?:es?|ar)", "coin lesions?"), ruledOut: [] },
  { finding: "Pleural_Thickening", aliases: ["pleural thickening"], named: words("pleural (?:thickening|plaques?|scarring)", "thicken(?:ed|ing of the) pleura", "apical cap(?:ping)?"), ruledOut: [] },
  { finding: "Pneumonia", aliases: [], named: words("(?:broncho)?pneumonias?", "infectious process", "pneumonic"), ruledOut: [] },
  { finding: "Pneumothorax", aliases: [], named: words("pneumothora(?:x|ces)", "pleural air", "collapsed lung"), ruledOut: [] },
]; // biome-ignore format: one finding a line

export const findingNames: readonly string[] = lexicons.map(({ finding }) => finding);

/** The finding that a class of a label schema means; null: none that this labeller knows. */
export function findingOfClass(name: string): string | null {
  const plain = (text: string) => text.toLowerCase().replaceAll(/[_\s-]+/g, " ").trim(); // biome-ignore format: one line
  const found = lexicons.find(({ finding, aliases }) =>
    [finding, ...aliases].some((each) => plain(each) === plain(name)),
  );
  return found?.finding ?? null;
}
