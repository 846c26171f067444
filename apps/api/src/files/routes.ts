/**
 * @file Files by content hash. The team's row in `blobs` decides what exists: another team's file is a 404, whatever
 * lies on the disk. A client names a hash and never a path.
 */
import { pipeline } from "node:stream/promises";
import { DomainError } from "@tessera/domain/errors";
import { roleAtLeast } from "@tessera/domain/words";
import { blobsBySha, putBlob } from "@tessera/store/blobs";
import { type Request, type Response, Router } from "express";
import type { Services } from "../context.ts";
import { callerOf } from "../http/gate.ts";
import { byteRange } from "./range.ts";
import { sizeLimit, tooLarge } from "./sizeLimit.ts";

/** Shown in the page; everything else is a download. SVG is left out: it can carry script. */
const shownTypes: ReadonlySet<string> = new Set(["image/png", "image/jpeg", "image/webp", "image/gif"]);

export function fileRoutes({ db, objects }: Services, maxBytes: number): Router {
  const router = Router();

  router.put("/:sha256", async (request, response) => {
    const { teamId, role } = callerOf(response).principal;
    if (!roleAtLeast(role, "annotator")) {
      throw new DomainError("FORBIDDEN", `Uploading needs the role annotator; you are ${role}. Ask an admin`);
    }
    const sha256 = shaOf(request);
    if (Number(request.get("content-length") ?? 0) > maxBytes) throw tooLarge(maxBytes);
    const mediaType = mediaTypeOf(request);
    const [known] = await db.asTeam(teamId, (sql) => blobsBySha(sql, teamId, [sha256]));
    const isThere = known && (await objects.size(teamId, sha256)) === known.size;
    const body = sizeLimit(maxBytes);
    const sent = pipeline(request, body); // awaited below before anything else is: a client may leave at any moment
    if (isThere) {
      body.resume(); // read to the end: a client that is still sending would see a broken connection
      await sent;
      response.status(200).json({ sha256, size: known.size });
      return;
    }
    const [stored] = await Promise.all([objects.put(teamId, body, sha256), sent]);
    await db.asTeam(teamId, (sql) => putBlob(sql, teamId, { sha256, size: stored.size, mediaType }));
    response.status(201).json({ sha256, size: stored.size });
  });

  router.get("/:sha256", async (request, response) => {
    const { teamId } = callerOf(response).principal;
    const sha256 = shaOf(request);
    const [blob] = await db.asTeam(teamId, (sql) => blobsBySha(sql, teamId, [sha256]));
    if (!blob) throw new DomainError("NOT_FOUND", `No file ${sha256} in this team`);
    const etag = `"${sha256}"`;
    setHeaders(response, etag, blob.mediaType, sha256);
    // not request.fresh: what a hash names cannot have changed, even where the client says no-cache
    if (
      request
        .get("if-none-match")
        ?.split(",")
        .some((each) => each.trim().replace(/^W\//, "") === etag)
    ) {
      response.status(304).end();
      return;
    }
    const range = byteRange(request, blob.size, etag);
    if (range === "unsatisfiable") {
      response.status(416).set("Content-Range", `bytes */${blob.size}`).removeHeader("Content-Type");
      response.end();
      return;
    }
    const part = range === "whole" ? { start: 0, end: blob.size - 1 } : range;
    if (range !== "whole") response.status(206).set("Content-Range", `bytes ${part.start}-${part.end}/${blob.size}`);
    response.set("Content-Length", String(part.end - part.start + 1));
    if (request.method === "HEAD" || blob.size === 0) {
      response.end();
      return;
    }
    await pipeline(await objects.stream(teamId, sha256, part), response).catch((error: unknown) => {
      if (response.headersSent)
        response.destroy(); // half an answer must look broken, not complete
      else throw error;
    });
  });

  return router;
}

function setHeaders(response: Response, etag: string, mediaType: string, sha256: string): void {
  const shown = shownTypes.has(mediaType);
  response.set({
    ETag: etag,
    "Accept-Ranges": "bytes",
    "Cache-Control": "private, max-age=31536000, immutable",
    "Content-Type": shown ? mediaType : "application/octet-stream",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    ...(shown ? {} : { "Content-Disposition": `attachment; filename="${sha256}"` }),
  });
}

function shaOf(request: Request): string {
  const { sha256 } = request.params;
  if (typeof sha256 === "string" && /^[0-9a-f]{64}$/.test(sha256)) return sha256;
  throw new DomainError("BAD_INPUT", "Expected /files/<sha256>: 64 hexadecimal digits in lower case");
}

function mediaTypeOf(request: Request): string {
  const type = request.get("content-type")?.split(";", 1)[0]?.trim().toLowerCase() ?? "";
  return /^[\w.+-]{1,60}\/[\w.+-]{1,60}$/.test(type) ? type : "application/octet-stream";
}
