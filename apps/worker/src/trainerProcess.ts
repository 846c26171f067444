/** @file One trainer child as the supervisor sees it. */
import { fileURLToPath } from "node:url";
import { type EngineProcess, startEngineProcess } from "./engineProcess.ts";
import type { FromTrainer, ToTrainer, TrainerJob } from "./trainer/protocol.ts";

export type TrainerProcess = EngineProcess<ToTrainer>;

const path = fileURLToPath(new URL("./trainer/main.ts", import.meta.url));

export const startTrainer = (job: TrainerJob, onMessage: (message: FromTrainer) => void): TrainerProcess =>
  startEngineProcess<ToTrainer, FromTrainer>(path, { type: "start", job }, onMessage);
