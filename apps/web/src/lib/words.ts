/** @file The schema's enums as words on a screen. */
import type { Fold, ImportState, Modality, Role, RunState, Verdict } from "@/gql/graphql";

export const roleName: Record<Role, string> = {
  VIEWER: "viewer",
  ANNOTATOR: "annotator",
  RESEARCHER: "researcher",
  ADMIN: "admin",
};

export const roleMeaning: Record<Role, string> = {
  VIEWER: "sees everything of the team, changes nothing",
  ANNOTATOR: "also adds annotations",
  RESEARCHER: "also imports data, makes splits and starts experiments",
  ADMIN: "also manages members, invitations and roles",
};

export const foldName: Record<Fold, string> = { TRAIN: "train", VALIDATION: "validation", TEST: "test" };

export const stateName: Record<RunState | ImportState, string> = {
  QUEUED: "queued",
  RUNNING: "running",
  SUCCEEDED: "succeeded",
  FAILED: "failed",
  CANCELLED: "cancelled",
};

export const verdictName: Record<Verdict, string> = {
  BETTER: "better",
  WORSE: "worse",
  EQUIVALENT: "equivalent",
  UNDECIDED: "undecided",
};

export const modalityName: Record<Modality, string> = {
  ENDOSCOPY: "endoscopy",
  XRAY: "x-ray",
  HISTOLOGY: "histology",
  OTHER: "other",
};
