/**
 * @file What a GraphQL document may ask for. The same parse, rules and cost guard /graphql and /graphql/stream.
 *
 * armor bounds the document's text (depth, aliases, directives); the cost below also knows how long a list can get.
 */
import { ApolloArmor } from "@escape.tech/graphql-armor";
import {
  type DocumentNode,
  GraphQLError,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isCompositeType,
  isListType,
  parse,
  specifiedRules,
  validate,
} from "graphql";
import { type ComplexityEstimator, getComplexity } from "graphql-query-complexity";
import { pageLimits } from "./connection.ts";

export const parseOptions = { maxTokens: 1000 };
export const validationOptions = { maxErrors: 5 };
/** Fields answered at most, counting a page as its `first` and an unpaged list as 10. */
export const maxCost = 100_000;
const unpagedLength = 10;

export const armor = new ApolloArmor({
  maxTokens: { enabled: false }, // its plugin turns a syntax error into status 500; graphql's own limit is used
  maxAliases: { n: 15, allowList: [] },
  maxDepth: { n: 10 },
  maxDirectives: { n: 8 },
  costLimit: { maxCost: 5000 },
  blockFieldSuggestion: { enabled: true },
}).protect();

const isList = (type: GraphQLOutputType): boolean => isListType(getNullableType(type));

const estimate: ComplexityEstimator = ({ type, field, args, childComplexity }) => {
  const returns = getNamedType(field.type);
  if (returns.name.endsWith("Connection")) {
    const first: unknown = args.first ?? pageLimits.usual;
    return 1 + Math.max(1, Number(first)) * childComplexity;
  }
  const isPage = type.name.endsWith("Connection"); // its edges were counted with `first`
  const unpaged = isCompositeType(returns) && isList(field.type) && !isPage;
  return 1 + (unpaged ? unpagedLength : 1) * childComplexity;
};

/** @throws GraphQLError TOO_LARGE when the operation could answer more than `maxCost` fields. */
export function checkCost(
  schema: GraphQLSchema,
  query: DocumentNode,
  operationName: string | null | undefined,
  variables: Record<string, unknown>,
): void {
  const asked = { schema, query, variables, estimators: [estimate], ...(operationName ? { operationName } : {}) };
  const cost = getComplexity(asked);
  if (cost <= maxCost) return;
  throw new GraphQLError(
    `This could answer ${cost} fields, over the limit of ${maxCost}; ask for a smaller \`first\``,
    {
      extensions: { code: "TOO_LARGE", cost, maxCost, http: { status: 400 } },
    },
  );
}

/** Parses and checks a document outside Apollo. Errors name no field that the caller did not write. */
export function checkedDocument(
  schema: GraphQLSchema,
  source: string,
  operationName: string | null | undefined,
  variables: Record<string, unknown>,
): { document: DocumentNode } | { errors: readonly GraphQLError[] } {
  try {
    const document = parse(source, parseOptions);
    const rules = [...armor.validationRules, ...specifiedRules];
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
