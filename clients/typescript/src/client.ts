/**
 * @file A small client of Tessera's API for Node and browsers: queries, uploads, results, and runs logged by a script.
 *
 * @example
 * const tessera = new TesseraClient({ url: "http://127.0.0.1:4000", token });
 * const { me } = await tessera.query<{ me: { name: string } }>("{ me { name } }");
 */
import { TesseraError } from "./error.ts";
import { ForeignRun, type NewForeignRun } from "./foreignRun.ts";
import { type ResultRow, readResults } from "./results.ts";
import { retried } from "./retried.ts";

export { TesseraError } from "./error.ts";
export type { ForeignRun, NewForeignRun } from "./foreignRun.ts";
export type { Predictions } from "./predictions.ts";
export type { ResultRow } from "./results.ts";

export interface ClientOptions {
  /** Of the api or of the dashboard, without a path. */
  readonly url: string;
  /** An API token, made on the team's page. */
  readonly token: string;
}

interface Answer {
  readonly data?: unknown;
  readonly errors?: readonly { readonly message: string; readonly extensions?: Record<string, unknown> }[];
}

export class TesseraClient {
  private readonly url: string;
  private readonly token: string;

  constructor({ url, token }: ClientOptions) {
    this.url = url.replace(/\/+$/, "");
    this.token = token;
  }

  /** Sends one GraphQL operation. @throws TesseraError with the server's code and details. */
  async query<Data>(document: string, variables: Readonly<Record<string, unknown>> = {}): Promise<Data> {
    const body = JSON.stringify({ query: document, variables });
    return (await this.send("POST", "/graphql", body, "application/json")).data as Data;
  }

  /** Stores a file. Safe to repeat: a file that is there already is not stored again. @returns its sha256. */
  async upload(bytes: Uint8Array<ArrayBuffer>, mediaType = "application/octet-stream"): Promise<string> {
    const digest = await crypto.subtle.digest("SHA-256", bytes);
    const sha256 = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
    await retried(() => this.send("PUT", `/files/${sha256}`, bytes, mediaType));
    return sha256;
  }

  /** As upload, of a file too large to be held: the caller has hashed it, and `open` reads it anew for each try. */
  async uploadStream(
    sha256: string,
    open: () => ReadableStream<Uint8Array>,
    mediaType = "application/octet-stream",
  ): Promise<void> {
    await retried(() => this.send("PUT", `/files/${sha256}`, open(), mediaType));
  }

  /** Starts a run that the calling script trains itself; log to it, then finish it. */
  startRun(run: NewForeignRun): Promise<ForeignRun> {
    return ForeignRun.start(this.query.bind(this), this.upload.bind(this), run);
  }

  /** One row per run, item and class of an experiment's evaluations: ready for a table. */
  results(experimentId: string, fold: "VALIDATION" | "TEST" = "TEST"): Promise<ResultRow[]> {
    return readResults(this.query.bind(this), experimentId, fold);
  }

  private async send(
    method: string,
    path: string,
    body: string | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>,
    mediaType: string,
  ): Promise<Answer> {
    const headers = { authorization: `Bearer ${this.token}`, "content-type": mediaType, accept: "application/json" };
    let response: Response;
    let text: string;
    try {
      response = await fetch(this.url + path, {
        method,
        headers,
        body,
        ...(body instanceof ReadableStream && { duplex: "half" }),
      });
      text = await response.text();
    } catch (error) {
      throw new TesseraError("NETWORK", `${this.url} did not answer; is Tessera running there?`, {}, error);
    }
    const answer = parse(text);
    const [refusal] = answer?.errors ?? [];
    if (refusal) {
      const { code, ...details } = refusal.extensions ?? {};
      throw new TesseraError(typeof code === "string" ? code : "UNKNOWN", refusal.message, details);
    }
    if (!response.ok || !answer) {
      const code = response.status >= 500 ? "UNAVAILABLE" : "UNKNOWN";
      throw new TesseraError(code, `${method} ${path}: status ${response.status}, not an answer of Tessera`);
    }
    return answer;
  }
}

function parse(text: string): Answer | null {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
