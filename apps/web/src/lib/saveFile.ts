/** @file Hands a text or a picture to the browser's downloads. */

/** Letters, digits and dashes only: a name that every file system takes. */
export const fileName = (...parts: readonly string[]): string =>
  parts
    .join(" ")
    .normalize("NFKD")
    .replace(/[^\p{Letter}\p{Number}]+/gu, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 120) || "tessera";

function follow(href: string, name: string) {
  const link = document.createElement("a");
  link.href = href;
  link.download = name;
  link.click();
}

export const saveDataUrl = follow;

export function saveText(text: string, name: string, type: "text/csv" | "image/svg+xml" | "application/x-tex") {
  const url = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  follow(url, name);
  // The browser reads the address after this turn.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
