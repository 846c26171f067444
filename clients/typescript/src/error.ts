/** What the server refused. `code` is one of its error codes (BAD_INPUT, NOT_FOUND, …) or "NETWORK" where no answer came. */
export class TesseraError extends Error {
  override readonly name = "TesseraError";
  readonly code: string;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: string, message: string, details: Readonly<Record<string, unknown>> = {}, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.details = details;
  }

  /** True where the same request may succeed later. */
  get mayPass(): boolean {
    return this.code === "NETWORK" || this.code === "UNAVAILABLE" || this.code === "RATE_LIMITED";
  }
}
