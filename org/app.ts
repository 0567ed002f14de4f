import fastify, { LogController, type FastifyInstance } from "fastify";
import { limits } from "../protocol/collector.ts";
import { endpoints } from "../protocol/endpoints.ts";
import type { Settings } from "./env.ts";
import { answerClientError, createErrorAnswers, describeError } from "./errors.ts";
import { addHeadCheck } from "./head.ts";
import type { Host } from "./host.ts";
import { createGate } from "./identity/gate.ts";
import type { Promises } from "./identity/organisation.ts";
import { mostConnections, type Limits } from "./limits/limits.ts";
import type { Metrics } from "./metrics.ts";
import { sendProblem } from "./problems.ts";
import { addAuditRoute } from "./routes/audit.ts";
import { addBundleRoute } from "./routes/bundle.ts";
import type { ConsoleParts } from "./console/consoleParts.ts";
import { addConsole, type ConsoleFiles } from "./routes/console.ts";
import { addDeletionRoute } from "./routes/deletion.ts";
import { addDescriptionRoute } from "./routes/description.ts";
import { addDeviceRoutes } from "./routes/devices.ts";
import { addLogsRoute } from "./routes/logs.ts";
import { addStateRoutes } from "./routes/state.ts";
import { addTeamRoute } from "./routes/team.ts";
import type { Store } from "./store/store.ts";

export interface AppParts {
  readonly store: Store;
  readonly host: Host;
  readonly promises: Promises;
  readonly limits: Limits;
  readonly metrics: Metrics;
  readonly version: string;
  readonly consoleFiles: ConsoleFiles;
  readonly console: ConsoleParts;
  readonly log: { readonly level: Settings["logLevel"]; readonly write: (line: string) => void };
}

/** The whole service except for its port: whoever has it can ask it things without a network. */
export async function createApp(parts: AppParts): Promise<FastifyInstance> {
  const answerError = createErrorAnswers(parts.host);
  const app = fastify({
    bodyLimit: limits.bodyBytes,
    requestTimeout: 30_000,
    connectionTimeout: 60_000,
    keepAliveTimeout: 10_000,
    // Node looks only so often which connections are over their time.
    http: {
      ...{ headersTimeout: 10_000, maxHeaderSize: 16_384, connectionsCheckingInterval: 5000 },
      // It is refused here, with a word of why.
      requireHostHeader: false,
    },
    routerOptions: { maxParamLength: 100 },
    forceCloseConnections: "idle",
    trustProxy: false,
    // A line for each request would tell who works when. Routes are counted instead, and failures logged.
    logController: new LogController({ disableRequestLogging: true }),
    logger: {
      level: parts.log.level,
      base: null,
      stream: { write: parts.log.write },
      serializers: {
        req: () => ({}),
        res: () => ({}),
        err: (error) => ({
          type: error.name,
          message: "",
          stack: describeError(error).frames.join("\n"),
        }),
      },
    },
    clientErrorHandler: answerClientError,
    frameworkErrors: (error, request, reply) => void answerError(error, request, reply),
  });
  app.server.maxConnections = mostConnections;
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("application/json", { parseAs: "buffer" }, (_request, body, done) =>
    done(null, body),
  );
  app.setErrorHandler(answerError);
  addHeadCheck(app);
  let closing = false;
  app.addHook("preClose", async () => {
    closing = true;
    return Promise.resolve();
  });
  app.addHook("onSend", async (_request, reply) => {
    if (closing) {
      // Else the sender could hold its connection, and with it the process, until it is idle long enough.
      void reply.header("connection", "close");
    }
    // What is named by its content may be kept; nothing else is.
    if (!reply.hasHeader("cache-control")) void reply.header("cache-control", "no-store");
    void reply.headers({
      "x-content-type-options": "nosniff",
      "referrer-policy": "same-origin",
      "cross-origin-resource-policy": "same-origin",
    });
    return Promise.resolve();
  });
  app.addHook("onResponse", async (request, reply) => {
    parts.metrics.add("kept_org_requests_total", {
      route: request.routeOptions.url ?? "none",
      status: String(reply.statusCode),
    });
    return Promise.resolve();
  });
  const gate = createGate(parts);
  addAuditRoute(app, parts, gate);
  addBundleRoute(app, parts, gate);
  const site = await addConsole(app, parts, gate);
  app.setNotFoundHandler(async (request, reply) => {
    const path = request.url.split("?")[0];
    const known = Object.values(endpoints).filter((endpoint) => endpoint.path === path);
    if (known.length === 0) {
      if (await site.sendNotFound(request, reply)) return reply;
      return sendProblem(reply, "not-found", "The addresses are listed in /openapi.json.");
    }
    const methods = known.map(({ method }) => method).join(", ");
    void reply.header("allow", methods);
    return sendProblem(reply, "method-not-allowed", `This address takes ${methods}.`);
  });
  addDeletionRoute(app, parts, gate);
  addDescriptionRoute(app, parts);
  addDeviceRoutes(app, parts, gate);
  addLogsRoute(app, parts, gate);
  addStateRoutes(app, parts);
  addTeamRoute(app, parts, gate);
  await app.ready();
  return app;
}
