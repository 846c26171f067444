/** @file The child that encodes tiles, as its job sees it: one slide at a time. */
import { fileURLToPath } from "node:url";
import { DomainError } from "@tessera/domain/errors";
import type { SlideFile, TileList } from "@tessera/imaging/slides/client";
import { startEngineProcess } from "../engineProcess.ts";
import { explainEnd } from "../explainEnd.ts";
import { GivenUp } from "../leased.ts";
import type { EncoderJob, FromEncoder, ToEncoder } from "./protocol.ts";

export type Encoded = Extract<FromEncoder, { type: "features" | "refused" }>;

export interface Encoder {
  readonly processId: number;
  /** @throws GivenUp; Error where the child fails, or ends without a word */
  encode(file: SlideFile, tiles: TileList, progress: (tiles: number) => void): Promise<Encoded>;
  close(): Promise<void>;
}

const path = fileURLToPath(new URL("./main.ts", import.meta.url));

export function openEncoder(job: EncoderJob, signal: AbortSignal): Encoder {
  let progress: (tiles: number) => void = () => undefined;
  let answer: ((said: FromEncoder) => void) | null = null;
  let failed: FromEncoder | null = null;
  const child = startEngineProcess<ToEncoder, FromEncoder>(path, { type: "start", job }, (message) => {
    if (message.type === "progress") return progress(message.tiles);
    if (message.type === "failed") failed = message;
    answer?.(message);
  });
  const kill = () => child.kill();
  signal.addEventListener("abort", kill, { once: true });
  return {
    processId: child.pid,
    async encode(file, tiles, onProgress) {
      if (signal.aborted) throw new GivenUp();
      progress = onProgress;
      const answered = new Promise<FromEncoder>((resolve) => {
        answer = resolve;
        if (failed !== null) resolve(failed);
      });
      child.send({ type: "slide", file, tiles });
      const said = await Promise.race([answered, child.gone]);
      if (signal.aborted) throw new GivenUp();
      if ("signal" in said) throw new Error(explainEnd(said, "The process that encodes tiles"));
      if (said.type === "failed")
        throw said.passing ? new DomainError("UNAVAILABLE", said.error) : new Error(said.error);
      return said as Encoded;
    },
    async close() {
      signal.removeEventListener("abort", kill);
      child.kill(); // what it has said is stored, and it holds nothing else
      await child.gone;
    },
  };
}
