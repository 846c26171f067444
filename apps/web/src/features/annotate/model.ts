/** @file What the annotating screens share. */
import type { AnnotateQuery, ReviewPurpose, TakenTaskFieldsFragment } from "@/gql/graphql";

export type Task = TakenTaskFieldsFragment;
export type Opinion = Task["opinions"][number];
export type AnnotatedDataset = NonNullable<AnnotateQuery["dataset"]>;
export type Schema = AnnotatedDataset["labelSchemas"][number];
export type Queue = AnnotatedDataset["reviewQueues"][number];

export const purposeName: Record<ReviewPurpose, string> = {
  FIRST_READ: "first read",
  BLIND_SECOND_READ: "blind second read",
  ADJUDICATION: "adjudication",
  REVIEW: "review of a suspected error",
};

export const purposeText: Record<ReviewPurpose, string> = {
  FIRST_READ: "Say what you see.",
  BLIND_SECOND_READ: "Say what you see. What the first reader said is shown two minutes after yours is saved.",
  ADJUDICATION: "Readers differ. Choose one, combine them, or decide anew; every opinion is kept.",
  REVIEW: "This label may be wrong. Confirm or correct it; what was said before is kept.",
};

export const isPurpose = (text: string): text is ReviewPurpose => Object.hasOwn(purposeName, text);

export const annotatePath = (datasetId: string, schemaId: string, purpose: ReviewPurpose) =>
  `/annotate/${datasetId}?schema=${schemaId}&purpose=${purpose}`;

/** Whether it is about opinions that there are: they are shown beside. */
export const decides = (purpose: ReviewPurpose): boolean => purpose === "ADJUDICATION" || purpose === "REVIEW";

/** The opinions that this task is about: not those of whoever decided before. */
export const readersOpinions = ({ opinions }: Task): Opinion[] => opinions.filter(({ adjudicates }) => !adjudicates);
