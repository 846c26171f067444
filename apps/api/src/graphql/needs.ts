/** @file Who may call an operation. An operation without `@Needs` keeps the server from starting. */
import { DomainError } from "@tessera/domain/errors";
import { type Role, roleAtLeast } from "@tessera/domain/words";
import type { GraphQLSchema } from "graphql";
import { type AuthCheckerFn, Authorized, Extensions } from "type-graphql";
import type { Context } from "../context.ts";

/** The least role that may call this query, mutation or subscription. */
export function Needs(role: Role): MethodDecorator {
  return (target, name, descriptor) => {
    Authorized(role)(target, name, descriptor);
    Extensions({ needs: role })(target, name, descriptor);
  };
}

export const checkRole: AuthCheckerFn<Context, Role> = ({ context, info }, [needed]) => {
  const has = context.principal.role;
  if (needed !== undefined && roleAtLeast(has, needed)) return true;
  throw new DomainError("FORBIDDEN", `${info.fieldName} needs the role ${needed}; you are ${has}. Ask an admin`, {
    needed,
    has,
  });
};

/** @throws Error that names every operation that says no role: what nobody thought about stays closed. */
export function refuseUnmarkedOperations(schema: GraphQLSchema): void {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  const unmarked = roots.flatMap((root) =>
    Object.values(root?.getFields() ?? {})
      .filter((field) => field.extensions.needs === undefined)
      .map((field) => `${root?.name}.${field.name}`),
  );
  if (unmarked.length > 0) throw new Error(`No @Needs role on ${unmarked.join(", ")}: mark each with the least role`);
}
