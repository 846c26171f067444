import type { ChosenBy, StageKind } from "@tessera/domain/labelChain/chain";
import { registerEnumType } from "type-graphql";

export const LabelStageKindEnum = {
  READER: "reader",
  REPORT: "report",
  NLP: "nlp",
  LABEL: "label",
} as const satisfies Record<string, StageKind>;

export const ChosenByEnum = { BEFORE: "before", AFTER: "after" } as const satisfies Record<string, ChosenBy>;

registerEnumType(LabelStageKindEnum, {
  name: "LabelStageKind",
  description: "What passes a class on: image → reader → report → NLP → label",
});
registerEnumType(ChosenByEnum, {
  name: "ChosenBy",
  description:
    "What a sample's items were chosen by, at random within each class. BEFORE: the class that the stage was given; random samples too. AFTER: the one that it passed on",
});
