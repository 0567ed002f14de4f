import path from "node:path";
import { normalised, type TokenConvention } from "../../core/tools/normalisedTokens.ts";
import { shellWrites } from "../../core/tools/shellWrites.ts";
import type { PatchedFile } from "../../core/tools/applyPatch.ts";
import type { Tokens, ToolEdit } from "../../core/tools/toolRecords.ts";
import { writtenFiles } from "./writtenText.ts";
import type { Agent, RecordReader, Sink } from "./agent.ts";
import { areCounted, seemsToEdit } from "./drift.ts";
import { countOf, fieldsOf, listOf, nameOf, parsed, textOf, timeOf, type Fields } from "./fields.ts";
import { namedFile } from "./namedFile.ts";
import { tellFiles } from "./tellFiles.ts";

const tool = "continue";
const session = /^sessions\/(?!sessions\.json$)[^/]+\.json$/;

/**
 * Continue. Its sessions have no times and are written anew with each message; what its editor extension notes for
 * developers, one line for each edit that was shown, has times and says whether it was accepted.
 */
export const continueDev: Agent = {
  tool,
  title: "Continue",
  homes: ({ userHome, environment }) => [
    environment["CONTINUE_GLOBAL_DIR"] || path.join(userHome, ".continue"),
  ],
  within: ["sessions", "dev_data/*"],
  isRecord: (file) => session.test(file) || /^dev_data\/[^/]+\/(editOutcome|toolUsage)\.jsonl$/.test(file),
  form: (file) => (file.endsWith(".jsonl") ? "lines" : "document"),
  marks: ['"accepted"'],
  isUndated: true,
  makeReader: (file, writtenAt) =>
    file.endsWith(".jsonl")
      ? new OutcomeReader()
      : new SessionReader(path.basename(file, ".json"), writtenAt),
};

const editing =
  /^(builtin_)?(edit|multi_?edit|write|edit_existing_file|create_new_file|single_find_and_replace)$/i;
const outcomes: Readonly<Record<string, ToolEdit["outcome"]>> = {
  done: "applied",
  errored: "failed",
  canceled: "rejected",
  generated: "proposed",
  calling: "proposed",
};

class SessionReader implements RecordReader {
  readonly #name: string;
  readonly #writtenAt: () => number;
  /** What was told of before, by message and by call, and how it stood. */
  readonly #told = new Map<string, string>();

  constructor(name: string, writtenAt: () => number) {
    this.#name = name;
    this.#writtenAt = writtenAt;
  }

  read(record: unknown, sink: Sink): void {
    const whole = fieldsOf(record);
    if (!Array.isArray(whole["history"])) {
      sink.problem("no history");
      return;
    }
    const known = { tool, session: nameOf(whole["sessionId"]) ?? this.#name, at: this.#writtenAt() };
    const folder = nameOf(whole["workspaceDirectory"]);
    for (const [index, item] of listOf(whole["history"]).map(fieldsOf).entries()) {
      const message = fieldsOf(item["message"]);
      if (message["role"] === undefined) sink.problem("a message of nobody");
      if (message["role"] !== "assistant") continue;
      const calls = listOf(item["toolCallStates"]).map(fieldsOf);
      const usage = fieldsOf(message["usage"]);
      const isElsewhere = Object.values(message).some(
        (part) => fieldsOf(part)["prompt_tokens"] !== undefined,
      );
      if (message["usage"] === undefined && isElsewhere) sink.problem("tokens of an unknown form");
      const model = nameOf(usage["model"]);
      const id = `${known.session} ${nameOf(calls[0]?.["toolCallId"]) ?? index}`;
      const tokens = tokensOf(usage);
      const isCounted = message["usage"] !== undefined && areCounted(usage, counts, sink);
      if (isCounted && this.#isNew(id, JSON.stringify(tokens)))
        sink.request({ ...known, id, model, tokens, isSubagent: false, mode: "agent", folder });
      for (const state of calls) {
        const call = nameOf(state["toolCallId"]);
        const status = textOf(state["status"]) ?? "";
        const files = filesOf(state, sink);
        if (files.length === 0 || !this.#isNew(`call ${call ?? id}`, status)) continue;
        tellFiles(files, folder, { ...known, model, call, outcome: outcomes[status] ?? "unknown" }, sink);
      }
    }
  }

  #isNew(name: string, said: string): boolean {
    if (this.#told.get(name) === said) return false;
    this.#told.set(name, said);
    return true;
  }
}

const counts = { always: ["prompt_tokens", "completion_tokens"], sometimes: ["total_tokens"] };

const openAi: TokenConvention = { inputHas: "cacheRead", reasoning: "inOutput" };
const anthropic: TokenConvention = { inputHas: "noCache", reasoning: "inOutput" };

/** It counts as the model's maker does; of Anthropic's it tells reading from the cache and writing to it apart. */
function tokensOf(usage: Fields): Tokens {
  const details = fieldsOf(usage["prompt_tokens_details"]);
  const told = {
    input: countOf(usage["prompt_tokens"]),
    output: countOf(usage["completion_tokens"]),
    cacheRead: countOf(details["cache_read_tokens"] ?? details["cached_tokens"]),
    cacheWrite: countOf(details["cache_write_tokens"]),
    reasoning: countOf(fieldsOf(usage["completion_tokens_details"])["reasoning_tokens"]),
  };
  return normalised(told, (details["cache_read_tokens"] ?? null) === null ? openAi : anthropic);
}

function filesOf(state: Fields, sink: Sink): readonly PatchedFile[] {
  const called = fieldsOf(fieldsOf(state["toolCall"])["function"]);
  const name = textOf(called["name"]) ?? "";
  const given = state["parsedArgs"] ?? parsed(textOf(called["arguments"]) ?? "");
  if (name === "Bash") return shellWrites(textOf(fieldsOf(given)["command"]) ?? "");
  if (!editing.test(name)) {
    if (seemsToEdit(name, given)) sink.problem("an edit by a tool of an unknown name");
    return [];
  }
  const said = textOf(fieldsOf(listOf(state["output"])[0])["content"]) ?? "";
  const files = writtenFiles(
    name,
    given,
    said.startsWith("Successfully created file") ? { type: "create" } : {},
  );
  if (files.length === 0) sink.problem("an edit of unknown form");
  return files;
}

/** Lines that the editor extension writes: what was shown, and what the person said to it. */
class OutcomeReader implements RecordReader {
  read(record: unknown, sink: Sink): void {
    const line = fieldsOf(record);
    const at = timeOf(line["timestamp"]);
    const accepted = line["accepted"];
    if (at === undefined || typeof accepted !== "boolean") {
      sink.problem(at === undefined ? "no time" : "no outcome");
      return;
    }
    const model = nameOf(line["modelName"]);
    const known = { tool, model, session: nameOf(line["selectedProfileId"]) ?? tool, at };
    if (line["toolCallArgs"] !== undefined) {
      const name = textOf(line["functionName"]) ?? "";
      if (!editing.test(name)) return;
      const files = writtenFiles(name, parsed(textOf(line["toolCallArgs"]) ?? ""), {});
      const outcome = !accepted ? "rejected" : line["succeeded"] === true ? "applied" : "failed";
      const named = files.flatMap((file) => ({ ...file, path: namedFile(file.path) ?? file.path }));
      tellFiles(named, undefined, { ...known, call: nameOf(line["toolCallId"]), outcome }, sink);
      return;
    }
    const file = namedFile(textOf(line["filepath"]));
    if (line["eventName"] !== "editOutcome" || file === undefined) return;
    const before = textOf(line["previousCode"]);
    const after = textOf(line["newCode"]);
    sink.edit({
      ...known,
      mode: "inlineChat",
      call: undefined,
      path: file,
      text:
        before === undefined || after === undefined
          ? { kind: "unsaid" }
          : { kind: "pieces", pieces: [{ before, after }] },
      outcome: accepted ? "applied" : "rejected",
    });
  }
}
