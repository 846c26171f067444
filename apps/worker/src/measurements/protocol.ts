/** @file The messages between the measurer and its child. One request at a time. */

export interface Request {
  readonly operation: string;
  readonly task: unknown;
}

export type Reply =
  | { readonly type: "value"; readonly value: unknown }
  | { readonly type: "error"; readonly message: string };
