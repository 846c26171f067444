/** @file Every operation of the schema, written out from the schema itself: a new field is covered the day it is added. */
import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
} from "graphql";

export type OperationKind = "query" | "mutation" | "subscription";

export interface Operation {
  readonly kind: OperationKind;
  readonly name: string;
  readonly needs: string;
  readonly takesIds: boolean;
  /** The document with every id in it chosen by `id(argument name, operation name)`. */
  document(id: (argument: string, operation: string) => string): string;
}

export function everyOperation(schema: GraphQLSchema): Operation[] {
  const roots: [OperationKind, GraphQLObjectType | null | undefined][] = [
    ["query", schema.getQueryType()],
    ["mutation", schema.getMutationType()],
    ["subscription", schema.getSubscriptionType()],
  ];
  return roots.flatMap(([kind, root]) =>
    Object.values(root?.getFields() ?? {}).map((field) => ({
      kind,
      name: field.name,
      needs: String(field.extensions.needs),
      takesIds: field.args.some((arg) => mentionsId(arg.type)),
      document: (id) => `${kind} { ${written(field, (argument) => id(argument, field.name), new Set())} }`,
    })),
  );
}

const mentionsId = (type: GraphQLInputType): boolean => {
  const named = getNamedType(type);
  if (isInputObjectType(named)) return Object.values(named.getFields()).some((field) => mentionsId(field.type));
  return named.name === "UUID";
};

/** A field with all its arguments, and below it every scalar and every object not yet seen on the way down. */
function written(
  field: GraphQLField<unknown, unknown>,
  id: (argument: string) => string,
  seen: ReadonlySet<string>,
): string {
  const args = field.args
    .filter((arg) => isNonNullType(arg.type) || mentionsId(arg.type))
    .map((arg) => argument(arg, id));
  const call = field.name + (args.length > 0 ? `(${args.join(", ")})` : "");
  const type = getNamedType(field.type);
  if (!isObjectType(type)) return call;
  const below = new Set([...seen, type.name]);
  const fields = Object.values(type.getFields()).filter((each) => {
    const named = getNamedType(each.type);
    return !isObjectType(named) || (below.size < 4 && !below.has(named.name)) || /Edge$|PageInfo$/.test(named.name);
  });
  return `${call} { ${fields.map((each) => written(each, id, below)).join(" ") || "__typename"} }`;
}

const argument = (arg: GraphQLArgument, id: (argument: string) => string): string =>
  `${arg.name}: ${value(arg.name, arg.type, id)}`;

function value(name: string, type: GraphQLInputType, id: (argument: string) => string): string {
  if (isNonNullType(type)) return value(name, type.ofType, id);
  if (isListType(type)) return `[${value(name, type.ofType, id)}]`;
  if (isEnumType(type)) return type.getValues()[0]!.name;
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields()).filter(
      (field) => isNonNullType(field.type) || mentionsId(field.type),
    );
    return `{ ${fields.map((field) => `${field.name}: ${value(field.name, field.type, id)}`).join(", ")} }`;
  }
  if (type.name === "UUID") return `"${id(name)}"`;
  if (type.name === "JSONObject") return "{}";
  if (type.name === "Int") return "1";
  if (type.name === "Float") return "0.3";
  if (type.name === "Boolean") return "true";
  if (name === "email") return '"somebody@example.org"';
  return '"text"';
}
