import type { ClassValues } from "@tessera/domain/classValues";
import { DomainError } from "@tessera/domain/errors";
import { ensureSchema } from "@tessera/store/labelSchemas";
import { createMaskCheck, type MaskCheck as MaskCheckRow } from "@tessera/store/maskChecks";
import { saveClasses } from "@tessera/store/savedAnnotations";
import { GraphQLUUID } from "graphql-scalars";
import { Arg, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from "type-graphql";
import type { Context } from "../context.ts";
import { found } from "../graphql/found.ts";
import { Needs } from "../graphql/needs.ts";
import { Annotation } from "../items/annotation.type.ts";
import { LabelSchema } from "../labelVersions/labelSchema.type.ts";
import { CreateLabelSchemaInput } from "./createLabelSchema.input.ts";
import { MaskCheck, SavedAnnotation } from "./maskCheck.type.ts";
import { SaveAnnotationInput } from "./saveAnnotation.input.ts";

const mostClasses = 100;

@Resolver(() => MaskCheck)
export class SaveAnnotationResolver {
  @Needs("annotator")
  @Mutation(() => SavedAnnotation, {
    description:
      "My opinion on an item, under my name; of an adjudication or a review under the name Adjudication. A correction is a new annotation that names the one before. A mask becomes one when a worker has checked it",
  })
  async saveAnnotation(
    @Arg("input", () => SaveAnnotationInput) input: SaveAnnotationInput,
    @Ctx() { asTeam, teamId, principal }: Context,
  ) {
    const { schemaId, itemId, taskId = null, classValues = null, maskSha256 = null } = input;
    if ((classValues === null) === (maskSha256 === null)) {
      throw bad("classValues", "expected class values or a mask, one of the two");
    }
    const saying = { userId: principal.userId, schemaId, itemId, taskId };
    if (maskSha256 !== null) {
      const check = await asTeam((sql) => createMaskCheck(sql, teamId, { ...saying, sha256: maskSha256 }));
      return { annotation: null, check };
    }
    if (!classValues!.every((value) => value === null || value === 0 || value === 1)) {
      throw bad("classValues", `expected 1, 0 or null per class, got ${JSON.stringify(classValues)}`);
    }
    const values = classValues as ClassValues;
    return {
      annotation: await asTeam((sql) => saveClasses(sql, teamId, { ...saying, classValues: values })),
      check: null,
    };
  }

  @Needs("viewer")
  @Query(() => MaskCheck, { nullable: true })
  maskCheck(@Arg("id", () => GraphQLUUID) id: string, @Ctx() { loaders }: Context) {
    return loaders.maskCheck.load(id);
  }

  @FieldResolver(() => Annotation, { nullable: true, description: "Once it is one" })
  annotation(@Root() { annotationId }: MaskCheckRow, @Ctx() { loaders }: Context) {
    return annotationId === null ? null : loaders.annotation.load(annotationId);
  }

  @Needs("researcher")
  @Mutation(() => LabelSchema, {
    description:
      "What labels are to speak of, before there are any. The same task and classes again are the same schema",
  })
  async createLabelSchema(
    @Arg("input", () => CreateLabelSchemaInput) input: CreateLabelSchemaInput,
    @Ctx() { asTeam, teamId, loaders }: Context,
  ) {
    const { datasetId, task, exclusive = null } = input;
    found(await loaders.dataset.load(datasetId), "dataset", datasetId);
    const classes = input.classes.map((name) => name.trim());
    const fits = classes.every((name) => name.length >= 1 && name.length <= 100);
    if (!fits || classes.length < 1 || classes.length > mostClasses || new Set(classes).size < classes.length) {
      throw bad("classes", `expected 1 to ${mostClasses} different names of 1 to 100 characters`);
    }
    return asTeam((sql) => ensureSchema(sql, teamId, { datasetId, task, classes, exclusive }));
  }
}

const bad = (field: string, message: string) => new DomainError("BAD_INPUT", `${field}: ${message}`, { field });
