"use client";
import { usePathname, useRouter, useSearchParams } from "next/navigation";

/** A piece of a screen's state that lives in its address, so that a link shows the same screen. */
export function useQueryParam(name: string, fallback: string): [string, (value: string) => void] {
  const params = useSearchParams();
  const pathname = usePathname();
  const router = useRouter();
  const set = (value: string) => {
    const next = new URLSearchParams(window.location.search);
    if (value === fallback) next.delete(name);
    else next.set(name, value);
    const query = next.toString();
    router.replace(query ? `${pathname}?${query}` : pathname, { scroll: false });
  };
  return [params.get(name) ?? fallback, set];
}
