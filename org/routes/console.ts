import type { FastifyInstance } from "fastify";
import type { AppParts } from "../app.ts";
import { consolePage } from "../console/page.ts";
import { epochDayOf, isoWeekOf } from "../ingest/isoWeek.ts";

const policy = [
  "default-src 'none'",
  "style-src 'self'",
  "img-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** Static files of the console, read once at start. */
export interface ConsoleFiles {
  readonly stylesheet: string;
  readonly icon: string;
}

export function addConsoleRoutes(
  app: FastifyInstance,
  { store, host, version, consoleFiles }: Pick<AppParts, "store" | "host" | "version" | "consoleFiles">,
): void {
  app.get("/", async (_request, reply) => {
    const whyNotReady = await store.whyNotReady();
    const page = consolePage({
      version,
      engine: store.engine,
      whyNotReady,
      weeks: whyNotReady === undefined ? await store.weekTotals() : [],
      thisWeek: isoWeekOf(epochDayOf(host.now())),
    });
    return await reply.header("content-security-policy", policy).type("text/html; charset=utf-8").send(page);
  });

  app.get("/console.css", (_request, reply) =>
    reply.type("text/css; charset=utf-8").send(consoleFiles.stylesheet),
  );

  app.get("/icon.svg", (_request, reply) =>
    // An icon opened by itself is a document and could run scripts.
    reply
      .header("content-security-policy", "default-src 'none'; style-src 'unsafe-inline'")
      .type("image/svg+xml")
      .send(consoleFiles.icon),
  );
}
