/** The series that the subscription tells point by point, one of each task; others are asked for again now and then. */
const headlines: readonly string[] = ["validation/dice", "validation/auc"];

export const isHeadline = (series: string): boolean => headlines.includes(series);
