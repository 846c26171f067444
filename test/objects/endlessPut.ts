/** @file Started by localObjects.test.ts: puts an object that never ends, and says when a part of it is written. */
import { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { openObjects } from "@tessera/objects/localObjects";

async function* endless() {
  for (let i = 0; ; i++) {
    yield Buffer.alloc(65_536, i);
    if (i === 2) console.log("writing");
    await sleep(10);
  }
}

const [directory, team] = process.argv.slice(2);
await openObjects({ directory: directory! }).put(team!, Readable.from(endless()));
