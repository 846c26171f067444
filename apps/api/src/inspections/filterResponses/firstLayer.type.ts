import type { FirstLayer as FirstLayerRow } from "@tessera/domain/inspections/filterResponses";
import { Field, FieldResolver, Float, Int, ObjectType, Resolver, Root } from "type-graphql";
import { fileUrl } from "../../graphql/fileUrl.ts";

@ObjectType({ description: "The power of one kernel's Fourier transform" })
export class FilterSpectrum {
  @Field(() => Int)
  readonly filter!: number;

  @Field(() => [Float], { description: "Mean power at each of the layer's frequencies" })
  readonly before!: readonly number[];

  @Field(() => [Float])
  readonly after!: readonly number[];

  @Field(() => Float, {
    nullable: true,
    description: "Share of the power above highFrequency; null: the kernel is all 0",
  })
  readonly highBefore!: number | null;

  @Field(() => Float, { nullable: true })
  readonly highAfter!: number | null;
}

@ObjectType({ description: "The kernels that see the image" })
export class FirstLayer {
  @Field(() => String)
  readonly kernel!: string;

  @Field(() => Int, { description: "Side of the kernels, pixels" })
  readonly side!: number;

  @Field(() => [Float], { description: "Cycles per pixel" })
  readonly frequencies!: readonly number[];

  @Field(() => Float, { description: "Above it a frequency is high, cycles per pixel" })
  readonly highFrequency!: number;

  @Field(() => Float, { description: "What kernels of independent random weights have above it" })
  readonly highShareOfNoise!: number;

  @Field(() => [FilterSpectrum])
  readonly filters!: readonly FilterSpectrum[];
}

@Resolver(() => FirstLayer)
export class FirstLayerResolver {
  @FieldResolver(() => String, {
    description: "A PNG of all kernels: a column per filter, the first row before, the second after; grey is 0",
  })
  pictureUrl(@Root() { sha256 }: FirstLayerRow) {
    return fileUrl(sha256);
  }
}
