"use client";
import { useDocumentVisibility } from "@mantine/hooks";

/**
 * Whether somebody can see this tab. A browser opens six connections to one host: tabs in the background must not hold them with
 * streams that nobody watches. The api sends everything first to whoever comes back, so nothing is missed.
 */
export const useVisible = (): boolean => useDocumentVisibility() === "visible";
