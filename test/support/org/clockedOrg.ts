import { randomUUID } from "node:crypto";
import { tmpdir } from "node:os";
import path from "node:path";
import { runProgram } from "../../../org/program.ts";

/** The service as it is, but for its clock, which stands so many days from this machine's. */
const { CLOCK_DAYS = "0", ...environment } = process.env;
const aheadMs = Number(CLOCK_DAYS) * 86_400_000;
const stopping = new AbortController();
process.on("SIGTERM", () => stopping.abort());

void runProgram({
  environment,
  place: { homeFolder: tmpdir(), platform: process.platform },
  folder: path.resolve("org"),
  now: () => Date.now() + aheadMs,
  id: () => randomUUID(),
  fraction: () => Math.random(),
  stop: stopping.signal,
});
