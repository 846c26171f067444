import type { Modality } from "@tessera/domain/words";
import { Field, InputType } from "type-graphql";
import { ModalityEnum } from "../graphql/enums.ts";

@InputType()
export class CreateDatasetInput {
  @Field(() => String)
  readonly projectName!: string;

  @Field(() => String)
  readonly name!: string;

  @Field(() => ModalityEnum)
  readonly modality!: Modality;
}
