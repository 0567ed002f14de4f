import path from "node:path";
import { normalised, type TokenConvention } from "../../core/tools/normalisedTokens.ts";
import type { RecordReader, Sink } from "./agent.ts";
import { areCounted } from "./drift.ts";
import { countedMoney, countOf, fieldsOf, nameOf, timeOf, type Fields } from "./fields.ts";

/** What a line says it is stands near its beginning; what was asked and answered follows, and may be long. */
const startBytes = 400;
const counts = {
  always: ["inputTokens", "outputTokens"],
  sometimes: ["cachedTokens", "maxTokens"],
};

/** What was written to a cache it does not tell apart. */
const convention: TokenConvention = { inputHas: "cache", reasoning: "inOutput" };

/**
 * The log that Copilot keeps of its agent, where that is switched on: a folder for each session, with a file of the session
 * and one of each that it began. Calls of tools have no name here by which they would be known as those of the session.
 */
export class CopilotDebugLogReader implements RecordReader {
  readonly #tool: string;
  readonly #session: string | undefined;
  readonly #isSubagent: boolean;

  constructor(tool: string, file: string) {
    this.#tool = tool;
    this.#session = nameOf(path.basename(path.dirname(file)));
    this.#isSubagent = /subagent/i.test(path.basename(file));
  }

  /** A line of another kind that counts tokens is one that has changed. */
  matters(line: Buffer): boolean {
    return line.subarray(0, startBytes).includes('"llm_request"') || line.includes('"inputTokens"');
  }

  read(record: unknown, sink: Sink): void {
    const line = fieldsOf(record);
    const said = fieldsOf(line["attrs"]);
    if (line["type"] !== "llm_request") {
      sink.problem("tokens in a line of an unknown kind");
      return;
    }
    // What failed was not answered, and nobody says what it took.
    if (line["status"] === "error" && said["outputTokens"] === undefined) return;
    if (areCounted(said, counts, sink)) this.#tell(line, said, sink);
  }

  #tell(line: Fields, said: Fields, sink: Sink): void {
    const session = this.#session;
    const id = nameOf(line["spanId"]);
    const startedAt = timeOf(line["ts"]);
    const took = line["dur"];
    if (session === undefined || id === undefined || startedAt === undefined || typeof took !== "number") {
      sink.problem(id === undefined ? "a request without a name" : "no time");
      return;
    }
    const latencyMs = Math.max(0, Math.trunc(took));
    const billed = billedOf(said["copilotUsageNanoAiu"]);
    const told = {
      input: countOf(said["inputTokens"]),
      output: countOf(said["outputTokens"]),
      cacheRead: countOf(said["cachedTokens"]),
    };
    sink.request({
      tool: this.#tool,
      session,
      id,
      at: startedAt + latencyMs,
      model: nameOf(said["model"]),
      tokens: normalised(told, convention),
      ...(billed && { billed }),
      latencyMs,
      isSubagent: this.#isSubagent,
    });
  }
}

/** A credit of GitHub's is a cent; it is counted in thousand-millionths of one. */
const nanoOfDollar = 1e11;

/** What a request of Copilot's was billed, where it says so. */
export function billedOf(nanoCredits: unknown) {
  const amount = countedMoney(typeof nanoCredits === "number" ? nanoCredits / nanoOfDollar : undefined);
  return amount === undefined ? undefined : { amount, currency: "USD" };
}
