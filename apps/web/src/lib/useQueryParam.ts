"use client";
import { usePathname, useSearchParams } from "next/navigation";

/**
 * Writes several pieces of the address at once; an empty value removes its piece. The browser's own history is told, which Next
 * follows: nothing is asked of the server, and of quick changes the last one stays.
 */
export function useSetQuery(): (values: Readonly<Record<string, string>>) => void {
  const pathname = usePathname();
  return (values) => {
    const next = new URLSearchParams(window.location.search);
    for (const [name, value] of Object.entries(values)) {
      if (value === "") next.delete(name);
      else next.set(name, value);
    }
    const query = next.toString();
    window.history.replaceState(null, "", query ? `${pathname}?${query}` : pathname);
  };
}

/** A piece of a screen's state that lives in its address, so that a link shows the same screen. */
export function useQueryParam(name: string, fallback: string): [string, (value: string) => void] {
  const params = useSearchParams();
  const setQuery = useSetQuery();
  return [params.get(name) ?? fallback, (value) => setQuery({ [name]: value === fallback ? "" : value })];
}
