import { createServer } from "node:net";

/** `wanted` where it is free on 127.0.0.1, else the next free one above it, else any. */
export async function freePort(wanted: number): Promise<number> {
  for (let port = wanted; port < wanted + 20; port++) if (await isFree(port)) return port;
  return isFreePort(0);
}

async function isFree(port: number): Promise<boolean> {
  return (await isFreePort(port).catch(() => 0)) === port;
}

function isFreePort(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : port));
    });
  });
}
