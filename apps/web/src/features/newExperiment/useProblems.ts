"use client";
import { useApolloClient } from "@apollo/client/react";
import { useEffect, useState } from "react";
import type { Configuration } from "./draft.ts";
import { type ConfigurationProblem, ProblemsQuery } from "./queries.ts";

export interface Checked {
  /** One list per configuration asked about, in their order. */
  readonly lists: readonly (readonly ConfigurationProblem[])[];
  readonly error: unknown;
  readonly pending: boolean;
}

/** What the api finds wrong with each configuration, asked a moment after the last change. */
export function useProblems(configurations: readonly Configuration[]): Checked {
  const client = useApolloClient();
  const key = JSON.stringify(configurations);
  const [answer, setAnswer] = useState<{ key: string; lists: Checked["lists"]; error: unknown }>({
    key: "",
    lists: [],
    error: null,
  });

  useEffect(() => {
    let ended = false;
    const timer = setTimeout(async () => {
      const asked = JSON.parse(key) as Configuration[];
      try {
        const answers = await Promise.all(
          asked.map((configuration) =>
            client.query({ query: ProblemsQuery, variables: { configuration }, fetchPolicy: "no-cache" }),
          ),
        );
        if (!ended)
          setAnswer({ key, lists: answers.map(({ data }) => data?.configurationProblems ?? []), error: null });
      } catch (error) {
        if (!ended) setAnswer({ key, lists: [], error });
      }
    }, 250);
    return () => {
      ended = true;
      clearTimeout(timer);
    };
  }, [client, key]);

  return { lists: answer.lists, error: answer.error, pending: answer.key !== key };
}
