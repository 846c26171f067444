import type { verdicts } from "@tessera/domain/reports/report";
import { GraphQLDateTime, GraphQLUUID } from "graphql-scalars";
import { Field, Int, ObjectType, registerEnumType } from "type-graphql";
import { connectionType } from "../graphql/connection.ts";
import { CountedShare } from "../graphql/countedShare.type.ts";

export const VerdictEnum = {
  POSITIVE: "positive",
  NEGATIVE: "negative",
  UNCERTAIN: "uncertain",
  NOT_MENTIONED: "notMentioned",
} as const satisfies Record<string, (typeof verdicts)[number]>;
registerEnumType(VerdictEnum, { name: "ReportVerdict", description: "What a report is read as saying of a finding" });

@ObjectType({
  description: "Reports beside items, read by rules. Tried on synthetic reports alone: no claim on real ones",
})
export class ReportSet {
  @Field(() => GraphQLUUID)
  readonly id!: string;

  @Field(() => String, { description: "The program, as annotations name it" })
  readonly reader!: string;

  @Field(() => Int)
  readonly reports!: number;

  @Field(() => Int, { description: "Those that say something of a class, and so gave an annotation" })
  readonly labelled!: number;

  @Field(() => Int, { description: "Version of the rules" })
  readonly labeller!: number;

  @Field(() => GraphQLDateTime)
  readonly createdAt!: Date;
}

@ObjectType({ description: "The labeller against hand labels of the same items, of one class" })
export class FindingAudit {
  @Field(() => Int)
  readonly classIndex!: number;

  @Field(() => String)
  readonly finding!: string;

  @Field(() => [[Int]], { description: "[positive, negative, uncertain, not mentioned][absent, present]" })
  readonly counts!: readonly (readonly number[])[];

  @Field(() => Int, { description: "Whose label says" })
  readonly items!: number;

  @Field(() => CountedShare, { nullable: true, description: "Read as positive, of those labelled present" })
  readonly sensitivity!: CountedShare | null;

  @Field(() => CountedShare, { nullable: true, description: "Not read as positive, of those labelled absent" })
  readonly specificity!: CountedShare | null;

  @Field(() => CountedShare, { nullable: true, description: "Labelled present, of those read as positive" })
  readonly precision!: CountedShare | null;
}

@ObjectType({ description: "Places in the report, UTF-16 units from its start" })
export class ReportEvidence {
  @Field(() => Int)
  readonly start!: number;

  @Field(() => Int)
  readonly end!: number;

  @Field(() => VerdictEnum)
  readonly verdict!: string;

  @Field(() => Int, { nullable: true, description: "Of what denies or hedges it" })
  readonly cueStart!: number | null;

  @Field(() => Int, { nullable: true })
  readonly cueEnd!: number | null;

  @Field(() => String)
  readonly section!: string;
}

@ObjectType()
export class ReportFinding {
  @Field(() => String)
  readonly finding!: string;

  @Field(() => Int, { nullable: true, description: "Null: no class of the schema means it" })
  readonly classIndex!: number | null;

  @Field(() => VerdictEnum)
  readonly verdict!: string;

  @Field(() => [ReportEvidence])
  readonly evidence!: readonly ReportEvidence[];
}

@ObjectType()
export class ReadReport {
  @Field(() => String)
  readonly report!: string;
}

export const ReadReportConnection = connectionType("ReadReport", () => ReadReport);
