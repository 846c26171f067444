/**
 * @file Subscriptions over server-sent events at /graphql/stream, one connection per operation.
 *
 * The protocol's single-connection mode is off: its streams are shared by a token that would be a second credential.
 */
import { once } from "node:events";
import { DomainError } from "@tessera/domain/errors";
import type { Request, Response } from "express";
import { GraphQLError, type GraphQLSchema, getOperationAST } from "graphql";
import { createHandler } from "graphql-sse";
import type { Context } from "../context.ts";
import { formatError } from "../errors.ts";
import { checkedDocument } from "../graphql/limits.ts";
import { callerOf } from "../http/gate.ts";
import { mostStreams } from "./feeds.ts";

type StreamContext = Context & Record<PropertyKey, unknown>;

export function streamRoute(schema: GraphQLSchema, contextOf: (response: Response) => Context) {
  const handle = createHandler<Request, { response: Response }, StreamContext>({
    authenticate: () => null, // no stream tokens: distinct connections only
    onSubscribe: (request, params) => {
      const variables = params.variables ?? {};
      const checked = checkedDocument(schema, params.query, params.operationName, variables);
      if ("errors" in checked) return refused(checked.errors.map(outside));
      const operation = getOperationAST(checked.document, params.operationName);
      if (operation?.operation !== "subscription") {
        return refused([new GraphQLError("Only subscriptions are served here; send the rest to /graphql")]);
      }
      return {
        schema,
        document: checked.document,
        operationName: params.operationName,
        variableValues: variables,
        contextValue: contextOf(request.context.response) as StreamContext,
      };
    },
    validate: () => [], // done above, with the limits
    onNext: (_context, _request, result) =>
      result.errors
        ? { ...result, errors: result.errors.map((error) => outside(new GraphQLError(error.message, error))) }
        : result,
  });

  const open = new Map<string, number>();
  return async (request: Request, response: Response): Promise<void> => {
    const { userId } = callerOf(response).principal;
    const streams = (open.get(userId) ?? 0) + 1;
    if (streams > mostStreams) {
      throw new DomainError("RATE_LIMITED", `At most ${mostStreams} open streams per person; close one`, {
        mostStreams,
      });
    }
    open.set(userId, streams);
    response.once("close", () => {
      const left = (open.get(userId) ?? 1) - 1;
      if (left > 0) open.set(userId, left);
      else open.delete(userId);
    });
    const [body, init] = await handle({
      method: request.method,
      url: request.url,
      headers: { get: (name) => request.get(name) },
      body: request.body ?? null,
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

/** As formatError lets it leave the process. */
function outside(error: GraphQLError): GraphQLError {
  const { message, extensions } = formatError(error.toJSON(), error);
  const { nodes, source, positions, path } = error;
  return new GraphQLError(message, { nodes, source, positions, path, extensions });
}

type Refusal = [string, { status: number; statusText: string; headers: Record<string, string> }];

function refused(errors: readonly GraphQLError[]): Refusal {
  const headers = { "content-type": "application/json; charset=utf-8" };
  return [JSON.stringify({ errors }), { status: 400, statusText: "Bad Request", headers }];
}
