/** @file The api process. Prints {"listening": port} when it serves; SIGTERM and SIGINT close it. */
import { openObjects } from "@tessera/objects/localObjects";
import { connectionFromEnvironment } from "@tessera/store/connection";
import { connectDatabase } from "@tessera/store/database";
import { ContentCache } from "./comparison/cache.ts";
import { createApi } from "./server.ts";
import { openSlideViews } from "./slides/slideViews.ts";
import { Feeds } from "./updates/feeds.ts";

const { env } = process;
const directory = env.TESSERA_OBJECTS;
if (!directory) throw new Error("Expected TESSERA_OBJECTS, the directory of stored files; `tessera start` sets it");

const db = connectDatabase(connectionFromEnvironment(env));
const slideViews = openSlideViews();
const api = await createApi(
  {
    db,
    objects: openObjects({ directory }),
    aucs: new ContentCache(10_000),
    classifications: new ContentCache(200), // one of 14 classes takes 400 kB
    classificationComparisons: new ContentCache(200),
    comparisons: new ContentCache(20), // one of 10 runs and 10,000 items takes 20 MB
    labelChains: new ContentCache(200),
    runScores: new ContentCache(500), // one of 10,000 items takes 1 MB
    scoredSets: new ContentCache(2), // the largest, 200 runs of 1,000 items, takes 400 MB
    postProcessing: new ContentCache(20),
    duplicates: new ContentCache(50),
    labelErrors: new ContentCache(20), // one of 10,000 labels takes 3 MB
    slideViews,
    feeds: new Feeds(db),
    codeCommit: env.TESSERA_COMMIT ?? "unknown",
  },
  { allowedOrigins: env.TESSERA_ORIGINS?.split(",").map((origin) => origin.trim()) ?? [] },
);
api.server.listen(Number(env.TESSERA_API_PORT ?? 4000), env.TESSERA_API_HOST ?? "127.0.0.1", () => {
  const address = api.server.address();
  if (address !== null && typeof address === "object") console.log(JSON.stringify({ listening: address.port }));
});

const stop = async () => {
  await api.close();
  await slideViews.close();
  await db.close();
  process.exit(0);
};
process.once("SIGTERM", stop);
process.once("SIGINT", stop);
