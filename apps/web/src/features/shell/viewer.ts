"use client";
import { useQuery } from "@apollo/client/react";
import { graphql } from "@/gql";
import type { Role } from "@/gql/graphql";

export const ViewerQuery = graphql(`
  query Viewer {
    me { userId name email teamId teamName role }
  }
`);

const order: readonly Role[] = ["VIEWER", "ANNOTATOR", "RESEARCHER", "ADMIN"];

/** Who looks at the screen, and what their role lets them do. The api checks again; this only hides what would be refused. */
export function useViewer() {
  const { data, error, refetch } = useQuery(ViewerQuery, { fetchPolicy: "cache-first" });
  const role = data?.me.role;
  const atLeast = (needed: Role) => role !== undefined && order.indexOf(role) >= order.indexOf(needed);
  return {
    viewer: data?.me,
    error,
    refetch,
    mayAnnotate: atLeast("ANNOTATOR"),
    mayResearch: atLeast("RESEARCHER"),
    isAdmin: atLeast("ADMIN"),
  };
}
