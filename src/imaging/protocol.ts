/** @file The messages between the client and a decoder child. One request at a time per child. */
import type { ErrorCode } from "@tessera/domain/errors";

export interface Request {
  readonly id: number;
  readonly operation: string;
  readonly args: readonly unknown[];
}

export type Reply =
  | { readonly type: "ready" }
  | { readonly type: "value"; readonly id: number; readonly value: unknown }
  | {
      readonly type: "error";
      readonly id: number;
      /** null: a bug, not a bad file. */
      readonly code: ErrorCode | null;
      readonly message: string;
      readonly details: Readonly<Record<string, unknown>>;
    };
