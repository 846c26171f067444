/** @file Writes the public contract, sorted, to schema.graphql. Run this file after every change of a type or resolver. */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { lexicographicSortSchema, printSchema } from "graphql";
import { buildTesseraSchema } from "./graphql/schema.ts";

export const schemaPath = fileURLToPath(new URL("../../../schema.graphql", import.meta.url));
export const emitCommand = "node --import tsx apps/api/src/emitSchema.ts";

export function emittedSchema(): string {
  const heading = `# Written by \`${emitCommand}\`. Do not edit: change apps/api and write it again.\n`;
  return `${heading}${printSchema(lexicographicSortSchema(buildTesseraSchema()))}\n`;
}

export const committedSchema = (): string => readFileSync(schemaPath, "utf8");

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(schemaPath, emittedSchema());
