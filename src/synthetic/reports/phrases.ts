/**
 * @file How synthetic reports word findings. Written without looking at the labeller's cues: some wordings it does not know, as it will not
 * know those of a real radiologist. $ stands for the finding.
 */

/** By finding; of each the last is rare. */
export const terms: Readonly<Record<string, readonly string[]>> = {
  Atelectasis: ["basal atelectasis", "bibasilar atelectasis", "subsegmental atelectasis", "left lower lobe collapse"],
  Cardiomegaly: ["cardiomegaly", "mild cardiac enlargement", "cardiomegaly", "increased cardiothoracic ratio"],
  Consolidation: [
    "focal consolidation",
    "right lower lobe consolidation",
    "airspace disease",
    "dense lobar opacification",
  ],
  Edema: ["pulmonary edema", "interstitial edema", "pulmonary vascular congestion", "perihilar fluid"],
  Effusion: ["pleural effusion", "small left effusion", "pleural fluid", "fluid in the pleural space"],
  Emphysema: ["emphysema", "emphysematous change", "hyperinflation", "flattened diaphragms"],
  Fibrosis: ["fibrosis", "basal fibrotic change", "fibrosis", "reticular scarring"],
  Hernia: ["hiatal hernia", "large hiatal hernia", "hiatus hernia", "gastric bubble behind the heart"],
  Infiltration: ["infiltrate", "perihilar infiltrate", "patchy infiltrates", "hazy shadowing"],
  Mass: ["hilar mass", "lung mass", "right upper lobe mass", "spiculated lesion"],
  Nodule: ["pulmonary nodule", "calcified nodule", "small nodule", "rounded density"],
  Pleural_Thickening: ["pleural thickening", "apical pleural thickening", "pleural plaques", "thick pleura"],
  Pneumonia: ["pneumonia", "lobar pneumonia", "bronchopneumonia", "infective change"],
  Pneumothorax: ["pneumothorax", "apical pneumothorax", "tension pneumothorax", "free air at the apex"],
};

export const present: readonly string[] = [
  "There is $.", "$ is seen.", "$ is again noted.", "Stable $.", "Interval development of $.", "New $ since the prior study.", "$ has increased.",
]; // biome-ignore format: in rows

/** It is there: the denial is of something else. */
export const presentInSpite: readonly string[] = [
  "No change in $.", "No significant interval change in the $.", "$ has not resolved.", "The $ is not changed.", "The film is not without $.",
  "There is no doubt about the $.", "$ shows no interval improvement.", "Without improvement of the $.", "The $, although no larger, remains.",
]; // biome-ignore format: in rows

export const absent: readonly string[] = [
  "No $.", "There is no $.", "No evidence of $.", "$ is not seen.", "Without $.", "The lungs are free of $.", "No $ is identified.",
  "The previously seen $ has resolved.", "Interval resolution of $.", "Negative for $.", "$ has cleared.", "Nothing to suggest $.", "A search for $ was fruitless.",
]; // biome-ignore format: in rows

export const hedged: readonly string[] = [
  "Possible $.", "$ cannot be excluded.", "Findings may represent $.", "Probable $.", "This is suspicious for $.", "$ is not excluded.",
  "Cannot rule out $.", "Question of $.", "$ is possible.", "Appearances suggest $.", "$ is unlikely.", "One wonders about $.",
]; // biome-ignore format: in rows

/** Two findings in one sentence: [of the first, of the second]. */
export const pairs: readonly { readonly text: string; readonly verdicts: readonly ["positive" | "negative" | "uncertain", "positive" | "negative" | "uncertain"] }[] = [
  { text: "$1 but no $2.", verdicts: ["positive", "negative"] },
  { text: "No $1; however, $2 is present.", verdicts: ["negative", "positive"] },
  { text: "No $1, but there is $2.", verdicts: ["negative", "positive"] },
  { text: "$1 without $2.", verdicts: ["positive", "negative"] },
  { text: "$1 is present, possibly with $2.", verdicts: ["positive", "uncertain"] },
  { text: "No $1, possible $2.", verdicts: ["negative", "uncertain"] },
  { text: "$1 is stable, $2 is not seen.", verdicts: ["positive", "negative"] },
  { text: "$1 versus $2.", verdicts: ["uncertain", "uncertain"] },
  { text: "Apart from $1, no $2.", verdicts: ["positive", "negative"] },
  { text: "Neither $1 nor $2.", verdicts: ["negative", "negative"] },
]; // biome-ignore format: one sentence a line

/** What says nothing of this film. */
export const history: readonly string[] = [
  "History of $.", "Evaluate for $.", "Rule out $.", "Treated for $ last year.", "Cough and fever, question $.", "Shortness of breath.", "Preoperative film.",
]; // biome-ignore format: in rows

/** In the findings, and still of the past, or asked. */
export const asides: readonly string[] = [
  "Status post treatment of $.",
  "Known previous $ on an outside study.",
  "Follow-up for $ is advised.",
];

export const fillers: readonly string[] = [
  "The bones are intact.", "Lines and tubes are in place.", "The trachea is in the midline.", "Comparison is made with the film of Dr. A.", "The upper abdomen is unremarkable.",
]; // biome-ignore format: in rows
