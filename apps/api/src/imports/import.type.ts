import type { ImportLayout } from "@tessera/domain/import/layouts";
import type { ReaderKind } from "@tessera/domain/labels/request";
import type { ImportState } from "@tessera/domain/words";
import { GraphQLDateTime, GraphQLUUID } from "graphql-scalars";
import { Field, Int, ObjectType } from "type-graphql";
import { ImportLayoutEnum, ImportStateEnum, ReaderKindEnum } from "../graphql/enums.ts";
import { IntensityWindow } from "./intensityWindow.type.ts";

@ObjectType()
export class Import {
  @Field(() => GraphQLUUID)
  readonly id!: string;

  @Field(() => ImportStateEnum)
  readonly state!: ImportState;

  @Field(() => ImportLayoutEnum)
  readonly layout!: ImportLayout;

  @Field(() => String)
  readonly reader!: string;

  @Field(() => ReaderKindEnum)
  readonly readerKind!: ReaderKind;

  @Field(() => IntensityWindow, { nullable: true, description: "Of volumes; null: each volume's own" })
  readonly intensityWindow!: IntensityWindow | null;

  @Field(() => Int)
  readonly total!: number;

  @Field(() => Int)
  readonly done!: number;

  @Field(() => Int)
  readonly added!: number;

  @Field(() => Int)
  readonly duplicates!: number;

  @Field(() => Int)
  readonly refused!: number;

  @Field(() => String, { nullable: true })
  readonly error!: string | null;

  @Field(() => GraphQLDateTime)
  readonly createdAt!: Date;

  @Field(() => GraphQLDateTime, { nullable: true })
  readonly finishedAt!: Date | null;
}
