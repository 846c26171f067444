/** @file The decoder child of src/imaging/client.ts. */
import { answerRequests } from "./answer.ts";
import { operations } from "./operations.ts";

answerRequests(operations);
