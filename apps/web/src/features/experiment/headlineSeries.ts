/** The series that the subscription tells point by point; others are asked for again now and then. */
export const headlineSeries = "validation/dice";
