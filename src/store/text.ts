/** @file Text that PostgreSQL can hold. */

/** PostgreSQL's text holds neither NUL nor half a surrogate pair; a log line may. */
export const clean = (text: string): string => text.replaceAll("\0", "\uFFFD").toWellFormed();
