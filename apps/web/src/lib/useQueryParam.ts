"use client";
import { usePathname, useRouter, useSearchParams } from "next/navigation";

/** Writes several pieces of the address at once; an empty value removes its piece. */
export function useSetQuery(): (values: Readonly<Record<string, string>>) => void {
  const pathname = usePathname();
  const router = useRouter();
  return (values) => {
    const next = new URLSearchParams(window.location.search);
    for (const [name, value] of Object.entries(values)) {
      if (value === "") next.delete(name);
      else next.set(name, value);
    }
    const query = next.toString();
    router.replace(query ? `${pathname}?${query}` : pathname, { scroll: false });
  };
}

/** A piece of a screen's state that lives in its address, so that a link shows the same screen. */
export function useQueryParam(name: string, fallback: string): [string, (value: string) => void] {
  const params = useSearchParams();
  const setQuery = useSetQuery();
  return [params.get(name) ?? fallback, (value) => setQuery({ [name]: value === fallback ? "" : value })];
}
