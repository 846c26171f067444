/** @file What the review tab shows, in words. */
import type {
  ReviewEventKind,
  ReviewItems,
  ReviewPurpose,
  ReviewQuery,
  ReviewState,
  ReviewTasksQuery,
} from "@/gql/graphql";

export type Review = NonNullable<ReviewQuery["dataset"]>;
export type Queue = Review["reviewQueues"][number];
export type Schema = Review["labelSchemas"][number];
export type ReviewTask = NonNullable<ReviewTasksQuery["dataset"]>["reviewTasks"]["edges"][number]["node"];

export const stateName: Record<ReviewState, string> = {
  OPEN: "open",
  CHECKING: "being checked",
  DONE: "done",
  SKIPPED: "skipped",
  WITHDRAWN: "withdrawn",
};

export const eventText: Record<ReviewEventKind, string> = {
  CREATED: "put it into the queue",
  ASSIGNED: "assigned it to",
  TAKEN: "took it",
  GIVEN_BACK: "gave it back",
  DRAWN: "drew a mask",
  SAVED: "saved an opinion",
  REFUSED: "refused the mask:",
  SKIPPED: "skipped it:",
  REOPENED: "opened it again",
  WITHDRAWN: "withdrew it",
};

/** What is usually asked for each purpose; the first is offered first. */
export const itemsFor: Record<ReviewPurpose, readonly ReviewItems[]> = {
  FIRST_READ: ["UNLABELLED", "ALL"],
  BLIND_SECOND_READ: ["READ_ONCE", "ALL"],
  ADJUDICATION: ["DISAGREEMENTS"],
  REVIEW: ["DISAGREEMENTS", "ALL"],
};

export const itemsName: Record<ReviewItems, string> = {
  UNLABELLED: "items that nobody has an opinion on",
  READ_ONCE: "items with one reader’s opinion",
  ALL: "all items",
  DISAGREEMENTS: "items on which readers differ, the most disputed first",
  GIVEN: "a list",
};

const verbs: Record<ReviewPurpose, readonly [classes: string, masks: string]> = {
  FIRST_READ: ["Label", "Draw"],
  BLIND_SECOND_READ: ["Label", "Draw"],
  ADJUDICATION: ["Decide", "Decide"],
  REVIEW: ["Review", "Review"],
};

export const verb = (purpose: ReviewPurpose, { task }: Pick<Schema, "task">) => verbs[purpose][task === "SEGMENTATION" ? 1 : 0]; // biome-ignore format: one line

export interface AgreedVersion {
  readonly label: string;
  readonly fromVersionId: string | null;
  readonly rule: Readonly<Record<string, unknown>>;
}

/** The version that the opinions come to: what was decided over the newest version; before there is one, the majority of the readers. */
export function agreedVersion(
  schemaId: string,
  { readers, labelVersions }: Pick<Review, "readers" | "labelVersions">,
): AgreedVersion | null {
  const own = readers.filter((reader) => reader.schemaId === schemaId);
  const newest = labelVersions
    .filter(({ schema }) => schema.id === schemaId)
    .toSorted((a, b) => b.number - a.number)[0];
  const adjudicator = own.find(({ adjudicates }) => adjudicates)?.name;
  if (newest && adjudicator !== undefined) {
    const rule = { kind: "adjudicated", adjudicator };
    return { label: `Make a version: decided, else version ${newest.number}`, fromVersionId: newest.id, rule };
  }
  if (own.some(({ adjudicates }) => !adjudicates)) {
    return { label: "Make a version: majority of readers", fromVersionId: null, rule: { kind: "majority" } };
  }
  return null;
}
