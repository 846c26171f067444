/** @file The words of the review queue as GraphQL enums: BLIND_SECOND_READ is blindSecondRead. */
import { reviewEventKinds, reviewPurposes, reviewStates } from "@tessera/domain/review/words";
import { registerEnumType } from "type-graphql";

const upperSnake = (word: string) => word.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
const enumOf = (words: readonly string[]) => Object.fromEntries(words.map((word) => [upperSnake(word), word]));

export const ReviewPurposeEnum = enumOf(reviewPurposes);
export const ReviewStateEnum = enumOf(reviewStates);
export const ReviewEventKindEnum = enumOf(reviewEventKinds);
export const ReviewItemsEnum = enumOf(["all", "unlabelled", "readOnce", "disagreements", "given"]);

registerEnumType(ReviewPurposeEnum, {
  name: "ReviewPurpose",
  valuesConfig: {
    FIRST_READ: { description: "An item gets an opinion" },
    BLIND_SECOND_READ: { description: "Another, by somebody who sees no other before theirs is saved" },
    ADJUDICATION: { description: "Readers differ; somebody who sees them all decides" },
    REVIEW: { description: "A label that may be wrong is confirmed or corrected" },
  },
});
registerEnumType(ReviewStateEnum, {
  name: "ReviewState",
  description: "CHECKING: the drawn mask is stored, and a worker looks whether it is one",
});
registerEnumType(ReviewEventKindEnum, { name: "ReviewEventKind" });
registerEnumType(ReviewItemsEnum, {
  name: "ReviewItems",
  description: "Which items tasks are made of",
  valuesConfig: {
    UNLABELLED: { description: "Those that nobody has an opinion on" },
    READ_ONCE: { description: "Those that one reader has an opinion on, and no second" },
    DISAGREEMENTS: { description: "Those on which readers differ, the most disputed first" },
    GIVEN: { description: "Those that are listed" },
  },
});
