/** @file The slide child of ./client.ts: OpenSlide in a process of its own, with a limit of memory that it cannot raise again. */
import { answerRequests } from "../answer.ts";
import { limitMemory } from "./memoryLimit.ts";
import { operations } from "./operations.ts";

limitMemory();
answerRequests(operations);
