/** @file The kinds of inspection as a GraphQL enum: FEATURE_REUSE is featureReuse. */
import { inspectionKindNames } from "@tessera/domain/inspections/kinds";
import { registerEnumType } from "type-graphql";

const upperSnake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();

export const InspectionKindEnum = Object.fromEntries(inspectionKindNames.map((name) => [upperSnake(name), name]));
registerEnumType(InspectionKindEnum, { name: "InspectionKind" });
