import { diceOf } from "@tessera/domain/maskPairs";
import { type ChangeKind, changedItems, classChanges, diffCounts } from "@tessera/store/labelDiff";
import type { LabelSchema } from "@tessera/store/labelSchemas";
import type { LabelVersion as LabelVersionRow } from "@tessera/store/labelVersions";
import { GraphQLUUID } from "graphql-scalars";
import { Arg, Ctx, FieldResolver, Int, Query, Resolver, Root } from "type-graphql";
import type { Context } from "../context.ts";
import { connection, pageArgs, pageLimits } from "../graphql/connection.ts";
import { LabelChangeEnum } from "../graphql/enums.ts";
import { Needs } from "../graphql/needs.ts";
import { ChangeFilter } from "./changeFilter.input.ts";
import { LabelVersion } from "./labelVersion.type.ts";
import { ChangedItemConnection, ClassChange, LabelVersionDiff, MaskChanges } from "./labelVersionDiff.type.ts";
import { areaChange, maskChanges } from "./maskChanges.ts";
import { versionsToCompare } from "./versionsToCompare.ts";

interface Diff {
  readonly a: LabelVersionRow;
  readonly b: LabelVersionRow;
  readonly schema: LabelSchema;
}

const idsOf = ({ a, b }: Diff) => ({ a: a.id, b: b.id });

@Resolver(() => LabelVersionDiff)
export class LabelVersionDiffResolver {
  @Needs("viewer")
  @Query(() => LabelVersionDiff, { description: "Of two versions of one label schema" })
  async labelVersionDiff(
    @Arg("a", () => GraphQLUUID) aId: string,
    @Arg("b", () => GraphQLUUID) bId: string,
    @Ctx() context: Context,
  ) {
    const { a, b } = await versionsToCompare(context, aId, bId);
    const schema = await context.loaders.schema.load(a.schemaId);
    const { asTeam, teamId } = context;
    return { a, b, schema, ...(await asTeam((sql) => diffCounts(sql, teamId, { a: aId, b: bId }))) };
  }

  @FieldResolver(() => LabelVersion)
  a(@Root() { a }: Diff) {
    return a;
  }

  @FieldResolver(() => LabelVersion)
  b(@Root() { b }: Diff) {
    return b;
  }

  @FieldResolver(() => [ClassChange], {
    description: "Of items that both label, those that stayed too; empty of masks",
  })
  classChanges(@Root() diff: Diff, @Ctx() { asTeam, teamId }: Context) {
    if (diff.schema.task !== "classification") return [];
    return asTeam((sql) => classChanges(sql, teamId, idsOf(diff), diff.schema.exclusive === true));
  }

  @FieldResolver(() => MaskChanges, { nullable: true, description: "Null: labels of classification" })
  async maskChanges(@Root() diff: Diff, @Ctx() { asTeam, teamId }: Context) {
    if (diff.schema.task !== "segmentation") return null;
    return asTeam((sql) => maskChanges(sql, teamId, idsOf(diff), diff.schema.classes.length));
  }

  @FieldResolver(() => ChangedItemConnection, {
    description: "Masks: the least alike first, those not measured before all; else by item name",
  })
  async items(
    @Root() diff: Diff,
    @Arg("first", () => Int, { defaultValue: pageLimits.usual }) first: number,
    @Arg("after", () => String, { nullable: true }) after: string | null,
    @Arg("change", () => LabelChangeEnum, { nullable: true }) change: ChangeKind | null,
    @Arg("classChange", () => ChangeFilter, { nullable: true }) classChange: ChangeFilter | null,
    @Ctx() { asReader, teamId, loaders }: Context,
  ) {
    const page = pageArgs(first, after);
    const values = classChange && { classIndex: classChange.classIndex ?? null, before: classChange.before ?? null, after: classChange.after ?? null }; // biome-ignore format: one line
    const filter = { change, ...values };
    const classes = diff.schema.task === "segmentation" ? diff.schema.classes.length : null;
    const found = await asReader((sql) => changedItems(sql, teamId, idsOf(diff), { classes, page, filter }));
    const items = await loaders.item.loadMany(found.rows.map(({ itemId }) => itemId));
    const rows = found.rows.map(({ itemId, before, after: now, facts, change: kind }, index) => {
      const item = items[index] as { width: number; height: number };
      const side = (label: typeof before) => label && { itemId, ...label, imagePixels: item.width * item.height };
      const masks = facts.map((each) => ({
        classIndex: each.classIndex,
        dice: diceOf(each),
        areaChange: areaChange(each.pixelsA, each.pixelsB),
        pixelsBefore: each.pixelsA,
        pixelsAfter: each.pixelsB,
        hd95: each.hd95,
      }));
      return { change: kind, item, before: side(before), after: side(now), masks };
    });
    return connection({ ...found, rows }, page.after);
  }
}
