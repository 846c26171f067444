import type { ReportRules, uncertainMeanings, unmentionedMeanings } from "@tessera/domain/reports/reportValues";
import { GraphQLUUID } from "graphql-scalars";
import { Field, InputType, registerEnumType } from "type-graphql";

export const UncertainMeaningEnum = {
  UNKNOWN: "unknown",
  PRESENT: "present",
  ABSENT: "absent",
} as const satisfies Record<string, (typeof uncertainMeanings)[number]>;
export const UnmentionedMeaningEnum = { UNKNOWN: "unknown", ABSENT: "absent" } as const satisfies Record<
  string,
  (typeof unmentionedMeanings)[number]
>;
registerEnumType(UncertainMeaningEnum, {
  name: "UncertainMeaning",
  description: "What a hedged finding becomes in a label",
});
registerEnumType(UnmentionedMeaningEnum, {
  name: "UnmentionedMeaning",
  description: "What a finding becomes that a report does not speak of",
});

@InputType()
export class LabelReportsInput {
  @Field(() => GraphQLUUID)
  readonly datasetId!: string;

  @Field(() => GraphQLUUID, {
    nullable: true,
    description: "Of classes that do not exclude each other; without one: the fourteen findings",
  })
  readonly schemaId?: string | null;

  @Field(() => String, { description: "A CSV table item,report that was PUT to /files/<sha256> before" })
  readonly sha256!: string;

  @Field(() => String, {
    defaultValue: "report labeller",
    description: "The program under whose name the annotations are kept",
  })
  readonly reader!: string;

  @Field(() => UncertainMeaningEnum, { defaultValue: "unknown" })
  readonly uncertain!: ReportRules["uncertain"];

  @Field(() => UnmentionedMeaningEnum, { defaultValue: "unknown" })
  readonly notMentioned!: ReportRules["notMentioned"];
}
