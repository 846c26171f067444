"use client";
import { useState } from "react";

/** The api's largest page. */
const most = 500;

/**
 * How many rows of a polled list are asked for. A poll renews all of them; pages fetched apart would be dropped by the next poll.
 */
export function useGrowingList(page: number) {
  const [first, setFirst] = useState(page);
  return { first, more: first < most ? () => setFirst(Math.min(most, first + page)) : undefined };
}
