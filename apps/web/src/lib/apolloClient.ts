/** @file The one Apollo client: queries over HTTP, subscriptions over server-sent events. */
import {
  ApolloClient,
  ApolloLink,
  CombinedGraphQLErrors,
  HttpLink,
  InMemoryCache,
  Observable,
  ServerError,
} from "@apollo/client";
import { ErrorLink } from "@apollo/client/link/error";
import { relayStylePagination } from "@apollo/client/utilities";
import { print } from "graphql";
import { createClient as createStream } from "graphql-sse";

function streamLink(): ApolloLink {
  const stream = createStream({ url: "/graphql/stream", retryAttempts: 1_000, credentials: "same-origin" });
  return new ApolloLink(
    (operation) =>
      new Observable((observer) =>
        stream.subscribe(
          { query: print(operation.query), operationName: operation.operationName, variables: operation.variables },
          {
            next: (result) => observer.next(result as ApolloLink.Result),
            error: (error) => observer.error(error),
            complete: () => observer.complete(),
          },
        ),
      ),
  );
}

/** Whoever is not signed in is taken to the sign-in page, and from there back to where they were. */
function signedOutLink(): ApolloLink {
  return new ErrorLink(({ error }) => {
    // The api's gate answers 401 before any GraphQL is read; a session that ends meanwhile is a GraphQL error.
    const signedOut =
      (ServerError.is(error) && error.statusCode === 401) ||
      (CombinedGraphQLErrors.is(error) && error.errors.some((each) => each.extensions?.code === "UNAUTHENTICATED"));
    if (signedOut && typeof window !== "undefined" && !window.location.pathname.startsWith("/sign-in")) {
      const here = window.location.pathname + window.location.search;
      window.location.assign(`/sign-in?next=${encodeURIComponent(here)}`);
    }
  });
}

export function createApolloClient(): ApolloClient {
  const requests = new HttpLink({ uri: "/graphql", credentials: "same-origin" });
  return new ApolloClient({
    link: signedOutLink().concat(
      ApolloLink.split(({ operationType }) => operationType === "subscription", streamLink(), requests),
    ),
    cache: new InMemoryCache({
      typePolicies: {
        Query: {
          fields: {
            datasets: relayStylePagination(),
            experiments: relayStylePagination(),
            runs: relayStylePagination(["experimentId", "state"]),
          },
        },
        Dataset: {
          fields: {
            items: relayStylePagination(["splitId", "fold"]),
            duplicates: relayStylePagination([
              "splitId",
              "labelVersionId",
              "withDatasetId",
              "acrossFolds",
              "conflicting",
            ]),
          },
        },
        Import: { fields: { problems: relayStylePagination() } },
        Run: { fields: { logs: relayStylePagination() } },
        Evaluation: {
          fields: { itemScores: relayStylePagination(["order"]), predictions: relayStylePagination(["order"]) },
        },
        Viewer: { keyFields: ["userId"] },
        Member: { keyFields: ["userId"] },
        // Plain records without an id belong to their parent; a new answer replaces the old one.
        ArmSummary: { keyFields: false },
        // The same hop says something else in the chain of another run.
        LineageNode: { keyFields: false },
        Arm: { keyFields: false },
      },
    }),
    defaultOptions: { watchQuery: { fetchPolicy: "cache-and-network", nextFetchPolicy: "cache-first" } },
  });
}
