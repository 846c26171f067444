/** @file Relay connections: edges with stable cursors, page information, and the count of the whole. */
import { DomainError } from "@tessera/domain/errors";
import type { PageOf } from "@tessera/store/page";
import { type ClassType, Field, Int, ObjectType } from "type-graphql";

export const pageLimits = { usual: 50, most: 500 } as const;

@ObjectType()
export class PageInfo {
  @Field(() => Boolean)
  hasNextPage!: boolean;

  @Field(() => Boolean, { description: "True where `after` was given; pages are read forwards" })
  hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true })
  startCursor!: string | null;

  @Field(() => String, { nullable: true })
  endCursor!: string | null;
}

export interface Connection<Row> {
  readonly edges: readonly { readonly cursor: string; readonly node: Row }[];
  readonly pageInfo: PageInfo;
  readonly totalCount: number;
}

/** The two GraphQL types of a connection: `<name>Connection` and `<name>Edge`. */
export function connectionType<T extends object>(name: string, node: () => ClassType<T>): ClassType<Connection<T>> {
  @ObjectType(`${name}Edge`)
  class Edge {
    @Field(() => String)
    cursor!: string;

    @Field(node)
    node!: T;
  }

  @ObjectType(`${name}Connection`)
  class TypedConnection implements Connection<T> {
    @Field(() => [Edge])
    edges!: Edge[];

    @Field(() => PageInfo)
    pageInfo!: PageInfo;

    @Field(() => Int, { description: "Of the whole list, not of this page" })
    totalCount!: number;
  }
  return TypedConnection;
}

export interface PageArgs {
  readonly first: number;
  readonly after: string | null;
}

/** @throws DomainError BAD_INPUT when `first` is not 1 to 500. */
export function pageArgs(first: number, after: string | null | undefined): PageArgs {
  if (first < 1 || first > pageLimits.most) {
    throw new DomainError("BAD_INPUT", `first: expected 1 to ${pageLimits.most}, got ${first}`, { field: "first" });
  }
  return { first, after: after ?? null };
}

export function connection<Row>(page: PageOf<Row>, after: string | null): Connection<Row> {
  return {
    edges: page.rows.map((node, i) => ({ cursor: page.cursors[i] ?? "", node })),
    pageInfo: {
      hasNextPage: page.hasNextPage,
      hasPreviousPage: after !== null,
      startCursor: page.cursors[0] ?? null,
      endCursor: page.endCursor,
    },
    totalCount: page.totalCount,
  };
}
