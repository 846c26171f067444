/** @file The HTTP server: the gate, then GraphQL, the update stream, files, the import report and sign-in. */
import "reflect-metadata"; // before any decorator runs
import { createServer, type Server } from "node:http";
import { ApolloServer, type ApolloServerPlugin } from "@apollo/server";
import { ApolloServerPluginLandingPageDisabled } from "@apollo/server/plugin/disabled";
import { expressMiddleware } from "@as-integrations/express5";
import { DomainError } from "@tessera/domain/errors";
import express, { type NextFunction, type Request, type Response } from "express";
import { authRoutes } from "./auth/routes.ts";
import { Context, type Services } from "./context.ts";
import { formatError, httpError } from "./errors.ts";
import { fileRoutes } from "./files/routes.ts";
import { checkCost } from "./graphql/cost.ts";
import { armorPlugins, armorRules, parseOptions, validationOptions } from "./graphql/limits.ts";
import { buildTesseraSchema } from "./graphql/schema.ts";
import { callerOf, gate } from "./http/gate.ts";
import { reportRoute } from "./imports/reportRoute.ts";
import { regionRoute } from "./regions/regionRoute.ts";
import { slideTileRoute } from "./slides/tileRoute.ts";
import { streamRoute } from "./updates/streamRoute.ts";

export interface ServerOptions {
  /** Origins of dashboards that are served from another host than the api, e.g. https://tessera.example.org */
  readonly allowedOrigins?: readonly string[];
  readonly maxFileBytes?: number;
}

const jsonLimit = "4mb"; // an import names every file with its hash: about 150 bytes each
const defaultMaxFileBytes = 8 * 2 ** 30; // a slide; it is hashed and stored as it comes, and never held

export interface Api {
  readonly server: Server;
  /** Ends open streams, lets running requests finish for two seconds, then closes. */
  close(): Promise<void>;
}

export async function createApi(services: Services, options: ServerOptions = {}): Promise<Api> {
  const schema = buildTesseraSchema();
  const costLimit: ApolloServerPlugin<Context> = {
    requestDidStart: async () => ({
      didResolveOperation: async ({ document, request, operationName }) =>
        checkCost(schema, document, operationName, request.variables ?? {}),
    }),
  };
  const apollo = new ApolloServer<Context>({
    schema,
    parseOptions,
    validationOptions,
    validationRules: armorRules,
    plugins: [...armorPlugins, costLimit, ApolloServerPluginLandingPageDisabled()],
    introspection: true, // of those who passed the gate; nobody else gets here
    allowBatchedHttpRequests: false,
    csrfPrevention: true,
    persistedQueries: false,
    includeStacktraceInErrorResponses: false,
    hideSchemaDetailsFromClientErrors: true,
    stopOnTerminationSignals: false,
    formatError,
  });
  await apollo.start();

  const contextOf = (response: Response) => new Context(services, callerOf(response));
  const app = express();
  app.disable("x-powered-by");
  app.use(gate(services.db, options.allowedOrigins ?? []));
  app.get("/healthz", (_request, response) => void response.json({ status: "ok" }));
  app.use("/auth", authRoutes(services.db));
  app.use("/files", fileRoutes(services, options.maxFileBytes ?? defaultMaxFileBytes));
  app.get("/slides/:id/tiles/:level/:column/:row", slideTileRoute(services));
  app.get("/slides/:id/regions/:set.geojson", regionRoute(services));
  app.get("/imports/:id/report.csv", reportRoute(services));
  app.use("/graphql", express.json({ limit: jsonLimit }));
  const stream = streamRoute(schema, contextOf);
  app.get("/graphql/stream", stream);
  app.post("/graphql/stream", stream);
  app.use("/graphql", expressMiddleware(apollo, { context: async ({ res }) => contextOf(res as Response) }));
  app.use((request: Request) => {
    throw new DomainError("NOT_FOUND", `No route ${request.method} ${request.path}`);
  });
  // express knows an error handler by its four parameters
  app.use((error: unknown, _request: Request, response: Response, _next: NextFunction) => {
    const { status, body } = httpError(error);
    if (response.headersSent) response.destroy();
    else response.status(status).json(body);
  });

  const server = createServer(app);
  return {
    server,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      const force = setTimeout(() => server.closeAllConnections(), 2000);
      await closed;
      clearTimeout(force);
      await apollo.stop();
    },
  };
}
