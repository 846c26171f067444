/** @file A file that is too large to be held goes out as it is read, and is read anew for another try. */
import { createHash } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { TesseraClient } from "@tessera/client/client";
import { expect, it } from "vitest";

it("sends every byte under the hash that it was told, and reads anew where the server is away for a moment", async () => {
  const parts = Array.from({ length: 40 }, (_, part) => Buffer.alloc(50_000, part));
  const whole = Buffer.concat(parts);
  const sha256 = createHash("sha256").update(whole).digest("hex");
  const got: { url: string; hash: string; length: string | undefined }[] = [];
  const server = createServer(async (request, response) => {
    const bytes = await buffer(request);
    const hash = createHash("sha256").update(bytes).digest("hex");
    got.push({ url: request.url!, hash, length: request.headers["content-length"] });
    response.statusCode = got.length === 1 ? 503 : 201;
    response.end(got.length === 1 ? "" : "{}");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  let opened = 0;
  const open = () => {
    opened++;
    return Readable.toWeb(Readable.from(parts)) as ReadableStream<Uint8Array>;
  };
  try {
    await new TesseraClient({ url, token: "t" }).uploadStream(sha256, open);
  } finally {
    server.close();
  }
  expect(opened).toBe(got.length);
  expect(got.at(-1)).toEqual({ url: `/files/${sha256}`, hash: sha256, length: undefined });
});
