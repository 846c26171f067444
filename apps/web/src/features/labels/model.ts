/** @file What the screens of label versions share. */
import type {
  AgreementQuery,
  ChangedItemsQuery,
  DisagreementsQuery,
  LabelDiffQuery,
  LabelJobFieldsFragment,
  LabelsQuery,
  TrueNoiseLedgerQuery,
} from "@/gql/graphql";

export type Labels = NonNullable<LabelsQuery["dataset"]>;
export type Version = Labels["labelVersions"][number];
export type Schema = Version["schema"];
export type Reader = Labels["readers"][number];
export type Job = LabelJobFieldsFragment;
export type Diff = LabelDiffQuery["labelVersionDiff"];
export type ChangedItem = ChangedItemsQuery["labelVersionDiff"]["items"]["edges"][number]["node"];
export type Ledger = NonNullable<NonNullable<TrueNoiseLedgerQuery["labelVersion"]>["trueNoiseLedger"]>;
export type Agreement = NonNullable<AgreementQuery["dataset"]>["agreement"];
export type Disagreement = NonNullable<DisagreementsQuery["dataset"]>["disagreements"]["edges"][number]["node"];

export const isActive = ({ state }: Pick<Job, "state">) => state === "QUEUED" || state === "RUNNING";

/** Schemas of the versions, the newest's first, each once. @param versions newest first */
export const schemasOf = (versions: readonly Pick<Version, "schema">[]): Schema[] => [
  ...new Map(versions.map(({ schema }) => [schema.id, schema])).values(),
];

export const schemaName = ({ task, classes }: Schema) =>
  `${task === "SEGMENTATION" ? "masks" : "classes"}: ${classes.slice(0, 4).join(", ")}${classes.length > 4 ? ", …" : ""}`;

export const versionName = ({ number, rule }: Pick<Version, "number" | "rule">) =>
  `${number} · ${rule.length > 60 ? `${rule.slice(0, 59)}…` : rule}`;
