/** @file The words of the review queue. */

export const reviewPurposes = ["firstRead", "blindSecondRead", "adjudication", "review"] as const;
/**
 * firstRead: an item gets an opinion. blindSecondRead: another, by somebody who does not see the first. adjudication: readers differ, and
 * somebody who sees them all decides. review: a label that may be wrong is confirmed or corrected.
 */
export type ReviewPurpose = (typeof reviewPurposes)[number];

export const reviewStates = ["open", "checking", "done", "skipped", "withdrawn"] as const;
/** checking: the mask is stored, and a worker looks whether it is one. */
export type ReviewState = (typeof reviewStates)[number];

export const reviewEventKinds = [
  "created",
  "assigned",
  "taken",
  "givenBack",
  "drawn",
  "saved",
  "refused",
  "skipped",
  "reopened",
  "withdrawn",
] as const;
export type ReviewEventKind = (typeof reviewEventKinds)[number];

/** Whose opinion it is where somebody decided who saw the others: one name for all, so that one rule takes them up. */
export const adjudicationReader = "Adjudication";

export const adjudicates = (purpose: ReviewPurpose): boolean => purpose === "adjudication" || purpose === "review";

/** How long a taken task is nobody else's, s. Taking more renews it. */
export const taskLeaseSeconds = 20 * 60;
/** Tasks that one member may hold of one kind. */
export const mostTaken = 10;
/** Tasks that one call may make. */
export const mostTasks = 100_000;
