import { registerEnumType } from "type-graphql";

export type DuplicateKind = "sameFile" | "samePicture" | "near";
export const DuplicateKindEnum = { SAME_FILE: "sameFile", SAME_PICTURE: "samePicture", NEAR: "near" } as const;

registerEnumType(DuplicateKindEnum, {
  name: "DuplicateKind",
  description:
    "SAME_FILE: byte for byte. SAME_PICTURE: equal when reduced to 32 x 32. NEAR: resized, recompressed, cropped, turned…",
});
