import type { ImportLayout } from "@tessera/domain/import/layouts";
import type { ReaderKind } from "@tessera/domain/labels/request";
import { GraphQLUUID } from "graphql-scalars";
import { Field, InputType } from "type-graphql";
import { ImportLayoutEnum, ReaderKindEnum } from "../graphql/enums.ts";
import { ImportFileInput } from "./importFile.input.ts";
import { IntensityWindowInput } from "./intensityWindow.input.ts";

@InputType()
export class StartImportInput {
  @Field(() => GraphQLUUID)
  readonly datasetId!: string;

  @Field(() => ImportLayoutEnum)
  readonly layout!: ImportLayout;

  @Field(() => String, { description: "Whose opinion the masks are" })
  readonly reader!: string;

  @Field(() => ReaderKindEnum, { defaultValue: ReaderKindEnum.PERSON })
  readonly readerKind!: ReaderKind;

  @Field(() => IntensityWindowInput, {
    nullable: true,
    description: "NIFTI only; without it, percentiles 0.5 and 99.5 of each volume become black and white",
  })
  readonly intensityWindow!: IntensityWindowInput | null;

  @Field(() => [ImportFileInput])
  readonly files!: ImportFileInput[];
}
