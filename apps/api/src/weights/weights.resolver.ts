import { DomainError } from "@tessera/domain/errors";
import { reportText } from "@tessera/domain/weights/report";
import { blobsBySha } from "@tessera/store/blobs";
import { insertWeights, listWeights, type Weights as WeightsRow } from "@tessera/store/weights";
import { Arg, Ctx, FieldResolver, Float, Int, Mutation, Query, Resolver, Root } from "type-graphql";
import type { Context } from "../context.ts";
import { Needs } from "../graphql/needs.ts";
import { ImportWeightsInput } from "./importWeights.input.ts";
import { readImport } from "./readImport.ts";
import { Weights } from "./weights.type.ts";

const longest = { name: 100, source: 1000 } as const;

@Resolver(() => Weights)
export class WeightsResolver {
  @Needs("viewer")
  @Query(() => [Weights], { description: "Newest first" })
  weights(@Ctx() { asTeam, teamId }: Context) {
    return asTeam((sql) => listWeights(sql, teamId));
  }

  @Needs("researcher")
  @Mutation(() => Weights, {
    description:
      "Two files PUT to /files before. Refused with the first layer that differs where no architecture is recognised",
  })
  async importWeights(
    @Arg("input", () => ImportWeightsInput) { name, source, weightsSha256, graphSha256 }: ImportWeightsInput,
    @Ctx() { services, asTeam, teamId, principal }: Context,
  ) {
    const text = { name: words("name", name), source: words("source", source) };
    const shas = [weightsSha256, graphSha256];
    const blobs = await asTeam((sql) => blobsBySha(sql, teamId, shas));
    const missing = shas.find((_, i) => blobs[i] === null);
    if (missing !== undefined) throw new DomainError("NOT_FOUND", `No file ${missing} in this team; upload it first.`);
    const read = await readImport(services.objects, teamId, { weightsSha256, graphSha256 });
    const files = { sha256: weightsSha256, graphSha256 };
    return asTeam((sql) => insertWeights(sql, teamId, { ...text, ...read, ...files, createdBy: principal.userId }));
  }

  @FieldResolver(() => Float, { description: "As model.alpha of a configuration: a MobileNet's width" })
  alpha(@Root() { model }: WeightsRow) {
    return model.alpha;
  }

  @FieldResolver(() => Int, { description: "Logits of its head" })
  classes(@Root() { model }: WeightsRow) {
    return model.classes;
  }

  @FieldResolver(() => String, { description: "The report for a reader" })
  reportText(@Root() { report }: WeightsRow) {
    return reportText(report);
  }
}

function words(field: keyof typeof longest, text: string): string {
  const trimmed = text.trim();
  if (trimmed !== "" && trimmed.length <= longest[field]) return trimmed;
  throw new DomainError("BAD_INPUT", `${field}: expected 1 to ${longest[field]} characters, got ${trimmed.length}`, {
    field,
  });
}
