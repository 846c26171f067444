"use client";
import type { TypedDocumentNode } from "@apollo/client";
import { useMutation } from "@apollo/client/react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { type OverlapOfHop, overlapsOf } from "../lineage/refusedOverlaps.ts";
import { fieldOf } from "./refusedField.ts";

export interface Starting {
  /** @param acceptOverlap start from weights that have seen test pictures, which was refused before */
  readonly start: (acceptOverlap?: boolean) => Promise<void>;
  readonly busy: boolean;
  /** Why it was refused, as long as the form still says what was refused; an overlap stands in `overlaps`. */
  readonly error: unknown;
  readonly overlaps: readonly OverlapOfHop[] | null;
  /** What was refused about one field, to stand beside it. */
  readonly problemOf: (field: string) => string | undefined;
}

/** One mutation that starts runs, and the page of what it made. A refusal ends with the next change of the form. */
export function useStart<Data, Input extends object>(
  mutation: TypedDocumentNode<Data, { input: Input }>,
  input: Input | null | undefined,
  addressOf: (data: Data) => string,
): Starting {
  const router = useRouter();
  const [create, creating] = useMutation<Data, { input: Input }>(mutation);
  const [asked, setAsked] = useState("");
  const key = JSON.stringify(input ?? null);

  async function start(acceptOverlap = false): Promise<void> {
    if (!input) return;
    setAsked(key);
    const done = await create({ variables: { input: { ...input, acceptOverlap } } }).catch(() => null);
    if (done?.data) router.push(addressOf(done.data as Data));
  }
  const refusal = asked === key ? creating.error : undefined;
  const overlaps = overlapsOf(refusal);
  return {
    start,
    busy: creating.loading,
    error: overlaps === null ? refusal : undefined,
    overlaps,
    problemOf: (field) => (refusal && fieldOf(refusal) === field ? refusal.message : undefined),
  };
}
