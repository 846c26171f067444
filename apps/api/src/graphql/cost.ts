/**
 * @file How many fields an operation may answer: a page counts as its `first`, an unpaged list of objects as 10.
 *
 * armor bounds a document's text; a short text can still ask for a page of pages of pages. Our own, because
 * graphql-query-complexity loads a second copy of graphql, whose types it then does not recognise.
 */
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  GraphQLError,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getArgumentValues,
  getNamedType,
  getNullableType,
  getOperationAST,
  getVariableValues,
  isAbstractType,
  isListType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from "graphql";
import { pageLimits } from "./connection.ts";

export const maxCost = 250_000;
const unpagedLength = 10;

/** Of a document that has passed validation, so that no fragment contains itself. @throws GraphQLError TOO_LARGE. */
export function checkCost(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | null | undefined,
  variables: Readonly<Record<string, unknown>>,
): void {
  const operation = getOperationAST(document, operationName);
  const root = operation && schema.getRootType(operation.operation);
  if (!operation || !root) return; // said by whoever executes it
  // with the defaults that the document itself gives its variables
  const { coerced = variables } = getVariableValues(schema, operation.variableDefinitions ?? [], variables);
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of document.definitions)
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);

  const known = new Map<string, number>(); // a fragment spread many times is counted once
  const costOf = ({ selections }: SelectionSetNode, parent: GraphQLNamedType): number => {
    let cost = 0;
    for (const node of selections) {
      if (node.kind === Kind.FIELD) {
        const field = isObjectType(parent) ? parent.getFields()[node.name.value] : undefined;
        const inner = field && node.selectionSet ? costOf(node.selectionSet, getNamedType(field.type)) : 0;
        cost += 1 + (field && inner > 0 ? length(field, parent, getArgumentValues(field, node, coerced)) * inner : 0);
      } else if (node.kind === Kind.INLINE_FRAGMENT) {
        cost += costOf(node.selectionSet, typeOf(node.typeCondition?.name.value, parent));
      } else {
        cost += fragmentCost(node.name.value, parent);
      }
    }
    return cost;
  };
  const typeOf = (name: string | undefined, parent: GraphQLNamedType) => {
    const type = name === undefined ? undefined : schema.getType(name);
    return type && (isObjectType(type) || isAbstractType(type)) ? type : parent;
  };
  const fragmentCost = (name: string, parent: GraphQLNamedType): number => {
    const fragment = fragments.get(name);
    const cost =
      known.get(name) ??
      (fragment ? costOf(fragment.selectionSet, typeOf(fragment.typeCondition.name.value, parent)) : 0);
    known.set(name, cost);
    return cost;
  };

  const cost = costOf(operation.selectionSet, root);
  if (cost <= maxCost) return;
  throw new GraphQLError(
    `This could answer ${cost} fields, over the limit of ${maxCost}; ask for a smaller \`first\``,
    {
      extensions: { code: "TOO_LARGE", cost, maxCost, http: { status: 400 } },
    },
  );
}

/** How many objects a field may answer. */
function length(
  field: GraphQLField<unknown, unknown>,
  parent: GraphQLNamedType,
  args: Record<string, unknown>,
): number {
  if (getNamedType(field.type).name.endsWith("Connection")) return Math.max(1, Number(args.first ?? pageLimits.usual));
  const counted = parent.name.endsWith("Connection"); // its edges were counted with `first`
  return isListType(getNullableType(field.type)) && !counted ? unpagedLength : 1;
}
