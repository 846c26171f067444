/** @file The one byte range a request asks for. */
import type { Request } from "express";

export interface ByteRange {
  readonly start: number;
  /** Inclusive. */
  readonly end: number;
}

/** "whole" where no single range is asked or it no longer fits the ETag; "unsatisfiable" outside the file. */
export function byteRange(request: Request, size: number, etag: string): ByteRange | "whole" | "unsatisfiable" {
  const ifRange = request.get("if-range");
  if (ifRange !== undefined && ifRange !== etag) return "whole";
  const ranges = request.range(size);
  if (ranges === -1) return "unsatisfiable";
  if (ranges === undefined || ranges === -2 || ranges.type !== "bytes") return "whole";
  const [range] = ranges;
  // several ranges would need a multipart answer; the whole file is allowed instead
  return range && ranges.length === 1 ? { start: range.start, end: range.end } : "whole";
}
