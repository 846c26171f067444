/**
 * @file Subscriptions over server-sent events at /graphql/stream, one connection per operation.
 *
 * The protocol's single-connection mode is off: its streams are shared by a token that would be a second credential.
 */
import { once } from "node:events";
import type { Request, Response } from "express";
import {
  type FormattedExecutionResult,
  type GraphQLFormattedError,
  type GraphQLSchema,
  getOperationAST,
} from "graphql";
import { createHandler, type RequestParams } from "graphql-sse";
import type { Context } from "../context.ts";
import { formatError } from "../errors.ts";
import { checkedDocument } from "../graphql/limits.ts";

const formatted = (error: { toJSON(): GraphQLFormattedError }) => formatError(error.toJSON(), error);

export function streamRoute(schema: GraphQLSchema, contextOf: (response: Response) => Context) {
  const handle = createHandler<Request, { response: Response }>({
    authenticate: () => null, // no stream tokens: distinct connections only
    onSubscribe: (request, params) => {
      const variables = params.variables ?? {};
      const checked = checkedDocument(schema, params.query, params.operationName, variables);
      if ("errors" in checked) return refused(checked.errors.map(formatted));
      const operation = getOperationAST(checked.document, params.operationName);
      if (operation?.operation !== "subscription") {
        return refused([{ message: "Only subscriptions are served here; send the rest to /graphql" }]);
      }
      return {
        schema,
        document: checked.document,
        operationName: params.operationName,
        variableValues: variables,
        contextValue: contextOf(request.context.response),
      };
    },
    validate: () => [], // done above, with the limits
    onNext: (_context, _request, result) => ({
      ...result,
      ...(result.errors && { errors: result.errors.map((error) => formatError(toJson(error), error)) }),
    }),
  });

  return async (request: Request, response: Response): Promise<void> => {
    const params: RequestParams | undefined = request.body;
    const [body, init] = await handle({
      method: request.method,
      url: request.url,
      headers: { get: (name) => request.get(name) },
      body: params ?? null,
      raw: request,
      context: { response },
    });
    // no-transform: a proxy that compresses would hold the events back
    const headers = { ...init.headers, "cache-control": "no-cache, no-transform", "x-accel-buffering": "no" };
    response.writeHead(init.status, init.statusText, headers);
    if (body === null || typeof body === "string") {
      response.end(body ?? undefined);
      return;
    }
    response.once("close", () => body.return(undefined));
    for await (const chunk of body) {
      if (!response.writable) break;
      if (!response.write(chunk)) await Promise.race([once(response, "drain"), once(response, "close")]);
    }
    response.end();
  };
}

const toJson = (error: { message: string }): GraphQLFormattedError =>
  "toJSON" in error && typeof error.toJSON === "function" ? error.toJSON() : { message: error.message };

function refused(
  errors: readonly GraphQLFormattedError[],
): [string, { status: number; statusText: string; headers: Record<string, string> }] {
  const headers = { "content-type": "application/json; charset=utf-8" };
  return [
    JSON.stringify({ errors } satisfies FormattedExecutionResult),
    { status: 400, statusText: "Bad Request", headers },
  ];
}
