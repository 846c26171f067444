/**
 * @file The words of Tessera as types. docs/glossary.md says what each means; the database stores the same strings.
 */
export const roles = ["viewer", "annotator", "researcher", "admin"] as const;
export type Role = (typeof roles)[number];

/** True when `role` may do what `needed` may do: viewer < annotator < researcher < admin. */
export function roleAtLeast(role: Role, needed: Role): boolean {
  return roles.indexOf(role) >= roles.indexOf(needed);
}

export const folds = ["train", "validation", "test"] as const;
export type Fold = (typeof folds)[number];

export const runStates = ["queued", "running", "succeeded", "failed", "cancelled"] as const;
export type RunState = (typeof runStates)[number];

export const importStates = ["queued", "running", "succeeded", "failed", "cancelled"] as const;
export type ImportState = (typeof importStates)[number];

export const modalities = ["endoscopy", "xray", "histology", "other"] as const;
export type Modality = (typeof modalities)[number];
