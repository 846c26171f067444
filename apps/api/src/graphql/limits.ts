/**
 * @file What a GraphQL document may ask for. The same parse, rules and cost guard /graphql and /graphql/stream.
 *
 * armor bounds the document's text (depth, aliases, directives); cost.ts also knows how long a list can get.
 */
import type { ApolloServerPlugin } from "@apollo/server";
import { ApolloArmor } from "@escape.tech/graphql-armor";
import { type DocumentNode, GraphQLError, type GraphQLSchema, parse, specifiedRules, validate } from "graphql";
import type { Context } from "../context.ts";
import { checkCost } from "./cost.ts";

/** Room for every field of an experiment with its boards in one document; the flood in the tests is 5,000. */
export const parseOptions = { maxTokens: 4000 };
export const validationOptions = { maxErrors: 5 };

const armor = new ApolloArmor({
  maxTokens: { enabled: false }, // its plugin turns a syntax error into status 500; graphql's own limit is used
  maxAliases: { n: 15, allowList: [] },
  maxDepth: { n: 10 },
  maxDirectives: { n: 8 },
  costLimit: { enabled: false }, // multiplies by 1.5 per level and knows no list: refuses our own pages. cost.ts instead
  blockFieldSuggestion: { enabled: true },
}).protect();

export const armorRules = armor.validationRules;
/** armor types its plugins for any context; they read none. */
export const armorPlugins = armor.plugins as ApolloServerPlugin<Context>[];

/** Parses and checks a document outside Apollo. Errors name no field that the caller did not write. */
export function checkedDocument(
  schema: GraphQLSchema,
  source: string,
  operationName: string | null | undefined,
  variables: Record<string, unknown>,
): { document: DocumentNode } | { errors: readonly GraphQLError[] } {
  try {
    const document = parse(source, parseOptions);
    const rules = [...armorRules, ...specifiedRules];
    const errors = validate(schema, document, rules, validationOptions);
    if (errors.length > 0) {
      return {
        errors: errors.map((error) => new GraphQLError(error.message.replace(/ ?Did you mean .+$/, ""), error)),
      };
    }
    checkCost(schema, document, operationName, variables);
    return { document };
  } catch (error) {
    if (error instanceof GraphQLError) return { errors: [error] };
    throw error;
  }
}
