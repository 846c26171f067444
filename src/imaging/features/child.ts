/** @file The child of ./client.ts: HDF5 in a process of its own, with a limit of memory that it cannot raise again. */
import { answerRequests } from "../answer.ts";
import { limitMemory } from "../slides/memoryLimit.ts";
import { operations } from "./operations.ts";

limitMemory();
answerRequests(operations);
