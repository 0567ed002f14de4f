import { codexTelemetry } from "../otel/codexTelemetry.ts";
import { codexConnections } from "./codexConnections.ts";
import path from "node:path";
import { normalised, type TokenConvention } from "../../core/tools/normalisedTokens.ts";
import { readApplyPatch, type PatchedFile } from "../../core/tools/applyPatch.ts";
import { shellWrites } from "../../core/tools/shellWrites.ts";
import type { Tokens, ToolEdit } from "../../core/tools/toolRecords.ts";
import type { Agent, RecordReader, Sink } from "./agent.ts";
import { areCounted, seemsToEdit } from "./drift.ts";
import { countOf, fieldsOf, listOf, nameOf, parsed, placeOf, textOf, timeOf, type Fields } from "./fields.ts";
import { idsIn, stringBehind, wantedKey } from "./lineBytes.ts";
import { OpenCalls } from "./openCalls.ts";
import { placedEdits } from "./placedEdits.ts";
import { folderOfShell } from "./shellCall.ts";
import { StepTeller, type StepPlace } from "./stepTeller.ts";
import { tellFiles } from "./tellFiles.ts";

const tool = "codex";

export const codex: Agent = {
  tool,
  title: "Codex",
  homes: ({ userHome, environment }) => {
    const root = environment["CODEX_HOME"] || path.join(userHome, ".codex");
    return [path.join(root, "sessions"), path.join(root, "archived_sessions")];
  },
  isRecord: (file) => /(^|\/)rollout-[^/]+\.jsonl$/.test(file),
  form: () => "lines",
  marks: [
    ...["session_meta", "turn_context", "token_count", "apply_patch", "_call_output", "patch_apply_end"],
    "FileChange",
    // A command that writes what stands in it.
    "<<",
    ...['"type":"function_call"', '"type":"user_message"'],
  ],
  tells: "requests",
  makeReader: () => new CodexReader(),
  readHook: (payload, { at, outcome }) => {
    const session = nameOf(payload["session_id"] ?? payload["thread_id"] ?? payload["thread-id"]);
    const name = nameOf(payload["tool_name"]);
    if (session === undefined || name === undefined) return undefined;
    const input = payload["tool_input"];
    const written = writtenBy(callOf(name, textOf(input) ?? JSON.stringify(input)));
    const call = nameOf(payload["tool_use_id"]);
    const known = { tool, mode: "agent", model: nameOf(payload["model"]), session, call, at } as const;
    // It says that it applies a patch, and not which.
    if (written?.files.length === 0 || (!written && patching.test(name))) return undefined;
    const isFailed = outcome === "applied" && saysFailed(payload["tool_response"]);
    const folder = folderOfShell(input, nameOf(payload["cwd"]));
    return placedEdits(written?.files ?? [], folder, { ...known, outcome: isFailed ? "failed" : outcome });
  },
  telemetry: codexTelemetry,
  connections: codexConnections,
};

/** What of a line says of what it is stands before this. */
const startBytes = 300;
const typeKey = '"payload":{"type":"';
const callKey = '"call_id":"';
const anyCall = wantedKey("call_id");
const results: ReadonlySet<string> = new Set(["function_call_output", "custom_tool_call_output"]);
const telling: ReadonlySet<string> = new Set(["token_count", "function_call", "custom_tool_call"]);
const talk: ReadonlySet<string> = new Set([
  ...["reasoning", "agent_reasoning", "agent_reasoning_raw_content", "message", "agent_message"],
]);

class CodexReader implements RecordReader {
  #session: string | undefined;
  #model: string | undefined;
  #cwd: string | undefined;
  #isSubagent = false;
  /** Of whose history its own begins as a copy; its own id where it is nobody's. */
  #root: string | undefined;
  /** The totals at the last request: the tool counts up. */
  #total: Tokens | undefined;
  readonly #written = new OpenCalls<Written>();
  readonly #steps = new StepTeller(tool);

  /** Of most calls nothing is told: they change no file. */
  matters(line: Buffer): boolean | undefined {
    const start = line.toString("utf8", 0, startBytes);
    const type = stringBehind(start, typeKey);
    if (type === undefined) return undefined;
    if (talk.has(type)) return false;
    if (!results.has(type)) return telling.has(type) || undefined;
    const call = stringBehind(start, callKey);
    return call === undefined ? idsIn(line, anyCall).some((each) => this.#isOpen(each)) : this.#isOpen(call);
  }

  #isOpen(call: string): boolean {
    return this.#written.isOpen(call) || this.#steps.isOpen(call);
  }

  read(record: unknown, sink: Sink): void {
    const line = fieldsOf(record);
    const payload = fieldsOf(line["payload"]);
    const at = timeOf(line["timestamp"]);
    switch (line["type"]) {
      case "session_meta":
        this.#readSession(payload);
        return;
      case "turn_context":
        this.#model = nameOf(payload["model"]) ?? this.#model;
        this.#cwd = nameOf(payload["cwd"]) ?? this.#cwd;
        return;
      case "event_msg":
        if (at === undefined) sink.problem("no time");
        else if (payload["type"] === "token_count") this.#readTokens(payload, at, sink);
        else if (payload["type"] === "patch_apply_end")
          this.#ended(
            nameOf(payload["call_id"]),
            payload["success"] === true ? "applied" : "failed",
            at,
            sink,
          );
        else if (payload["type"] === "item_completed") this.#readChange(fieldsOf(payload["item"]), at, sink);
        else if (payload["type"] === "user_message") this.#readQuestion(payload, at, sink);
        return;
      case "response_item":
        if (at === undefined) sink.problem("no time");
        else this.#readItem(payload, at, sink);
    }
  }

  /** The first is the file's own. What follows are those that it was branched off from, up to the one that began. */
  #readSession(payload: Fields): void {
    const id = nameOf(payload["id"]);
    const source = fieldsOf(payload["source"]);
    const spawned = fieldsOf(fieldsOf(source["subagent"])["thread_spawn"]);
    this.#cwd = nameOf(payload["cwd"]) ?? this.#cwd;
    // A session that is gone on with says again who it is.
    if (id !== undefined && id === this.#session) return;
    const parent =
      nameOf(payload["forked_from_id"]) ??
      nameOf(payload["parent_thread_id"]) ??
      nameOf(spawned["parent_thread_id"]);
    this.#root = parent ?? id ?? this.#root;
    if (this.#session !== undefined) return;
    this.#session = id;
    this.#isSubagent = source["subagent"] !== undefined;
  }

  #readTokens(payload: Fields, at: number, sink: Sink): void {
    readAllowances(fieldsOf(payload["rate_limits"]), at, sink);
    const info = fieldsOf(payload["info"]);
    // Sent for rate limits alone, too.
    if (Object.keys(info).length === 0) return;
    const last = isSaid(info["last_token_usage"]) ? fieldsOf(info["last_token_usage"]) : undefined;
    // Where it does not count up, it says at least what the last one took.
    const said = isSaid(info["total_token_usage"]) ? fieldsOf(info["total_token_usage"]) : last;
    if (!said || !areCounted(said, counts, sink) || (last && !areCounted(last, counts, sink))) {
      if (!said) sink.problem("tokens of an unknown form");
      return;
    }
    const total = tokensOf(said);
    const isCounting = said !== last;
    // A total that is the last request's own began anew; the same one told again did not.
    const hasBegun = last !== undefined && isSame(total, tokensOf(last));
    const isRise =
      isCounting &&
      this.#total !== undefined &&
      sumOf(total) >= sumOf(this.#total) &&
      (!hasBegun || isSame(total, this.#total));
    // Without an earlier total, or after one that began anew, only the last request's own numbers are its own.
    const tokens = isRise ? differenceOf(total, this.#total!) : tokensOf(last ?? said);
    this.#total = isCounting ? total : undefined;
    if (sumOf(tokens) === 0) return;
    if (this.#session === undefined) {
      sink.problem("usage without a session");
      return;
    }
    sink.request({
      tool,
      session: this.#session,
      // A session that was branched off repeats what was before it, with the same totals and often with new times.
      id: isCounting ? `${this.#root} ${Object.values(total).join(" ")}` : `${at} ${sumOf(total)}`,
      at,
      model: this.#model,
      tokens,
      isSubagent: this.#isSubagent,
      mode: "agent",
      folder: this.#cwd,
    });
  }

  #readItem(payload: Fields, at: number, sink: Sink): void {
    const call = nameOf(payload["call_id"]);
    const type = payload["type"];
    if (call === undefined) {
      if (type === "function_call" || type === "custom_tool_call") sink.problem("a call without an id");
      return;
    }
    const place = this.#placeAt(at);
    if (type === "function_call" || type === "custom_tool_call") {
      const called = callOf(payload["name"], payload["arguments"] ?? payload["input"]);
      if (place) this.#steps.called(call, called.name, called.fields, place, sink);
      const written = writtenBy(called);
      if (!written) {
        const given = payload["input"] ?? called.fields;
        if ((payload["arguments"] ?? payload["input"]) === undefined)
          sink.problem("a call of an unknown form");
        if (seemsToEdit(called.name, given)) sink.problem("an edit by a tool of an unknown name");
        return;
      }
      this.#written.add(call, written);
      this.#tell(call, written, { at, outcome: "proposed" }, sink);
    } else if (type === "function_call_output" || type === "custom_tool_call_output") {
      const isSuccess = succeeded(payload["output"]);
      const output = textOf(payload["output"]) ?? textOf(fieldsOf(payload["output"])["content"]);
      const outcome = isSuccess ? "applied" : saysFailed(payload["output"]) ? "failed" : "ended";
      if (place) this.#steps.answered(call, { outcome, output }, place, sink);
      const isFailed = outcome === "failed" || refused.test(output?.trimStart() ?? "");
      this.#ended(call, isSuccess ? "applied" : isFailed ? "failed" : "unknown", at, sink);
    }
  }

  /** Since 2026 it says of a patch by itself what became of it. */
  #readChange(item: Fields, at: number, sink: Sink): void {
    if (item["type"] !== "FileChange") return;
    this.#ended(nameOf(item["id"]), changeOutcomes[textOf(item["status"]) ?? ""] ?? "unknown", at, sink);
  }

  #placeAt(at: number): StepPlace | undefined {
    return this.#session === undefined ? undefined : { session: this.#session, at, folder: this.#cwd };
  }

  #readQuestion(payload: Fields, at: number, sink: Sink): void {
    const place = this.#placeAt(at);
    const text = textOf(payload["message"]);
    if (place && text !== undefined && !this.#isSubagent) this.#steps.asked(text, place, sink);
  }

  #ended(call: string | undefined, outcome: ToolEdit["outcome"], at: number, sink: Sink): void {
    const written = call === undefined ? undefined : this.#written.take(call);
    if (written) this.#tell(call!, written, { at, outcome }, sink);
  }

  #tell(call: string, { files, folder }: Written, known: Pick<ToolEdit, "at" | "outcome">, sink: Sink): void {
    const session = this.#session;
    if (files.length === 0 || session === undefined) {
      sink.problem(session === undefined ? "an edit without a session" : "a patch of unknown form");
      return;
    }
    const base = folder === undefined ? this.#cwd : placeOf(this.#cwd, folder);
    tellFiles(files, base, { tool, model: this.#model, session, call, ...known }, sink);
  }
}

function isSaid(value: unknown): boolean {
  return value !== undefined && value !== null;
}

/** Percent of a plan beyond which it is no percentage of one. */
const mostPercent = 1000;

/** What the plan allows, in up to two windows. Plans for single models are others, and are passed over. */
function readAllowances(limits: Fields, at: number, sink: Sink): void {
  const plan = limits["limit_id"];
  if (typeof plan === "string" && plan !== tool) return;
  for (const window of [limits["primary"], limits["secondary"]].map(fieldsOf)) {
    const windowMinutes = countOf(window["window_minutes"]);
    const percent = window["used_percent"];
    // Earlier ones did not say how long a window is.
    if (windowMinutes === 0 || percent === undefined) continue;
    if (typeof percent !== "number" || !(percent >= 0 && percent <= mostPercent)) {
      sink.problem("an allowance of unknown form");
      continue;
    }
    sink.allowance?.({
      tool,
      windowMinutes,
      usedShare: percent / 100,
      resetsAt: resetOf(window, at),
      readAt: at,
    });
  }
}

/** Earlier ones said in how many seconds, later ones when, in seconds since 1970. */
function resetOf(window: Fields, at: number): number | null {
  const seconds = countOf(window["resets_at"]);
  if (seconds > 0) return timeOf(seconds * 1000) ?? null;
  const left = window["resets_in_seconds"];
  return typeof left === "number" && left >= 0 ? (timeOf(at + left * 1000) ?? null) : null;
}

const counts = {
  always: ["input_tokens", "output_tokens"],
  sometimes: ["cached_input_tokens", "cache_write_input_tokens", "reasoning_output_tokens", "total_tokens"],
};

const convention: TokenConvention = { inputHas: "cache", reasoning: "inOutput" };

function tokensOf(usage: Fields): Tokens {
  const told = {
    input: countOf(usage["input_tokens"]),
    output: countOf(usage["output_tokens"]),
    cacheRead: countOf(usage["cached_input_tokens"]),
    cacheWrite: countOf(usage["cache_write_input_tokens"]),
    reasoning: countOf(usage["reasoning_output_tokens"]),
  };
  return normalised(told, convention);
}

function differenceOf(now: Tokens, before: Tokens): Tokens {
  return {
    input: Math.max(0, now.input - before.input),
    output: Math.max(0, now.output - before.output),
    cacheRead: Math.max(0, now.cacheRead - before.cacheRead),
    cacheWrite: Math.max(0, now.cacheWrite - before.cacheWrite),
    cacheWriteLong: 0,
    reasoning: Math.max(0, now.reasoning - before.reasoning),
  };
}

function isSame(one: Tokens, other: Tokens): boolean {
  return Object.values(differenceOf(one, other)).every((count) => count === 0) && sumOf(one) === sumOf(other);
}

function sumOf({ input, output, cacheRead, cacheWrite }: Tokens): number {
  return input + output + cacheRead + cacheWrite;
}

/** What a call writes, and the folder that it names for that. */
interface Written {
  readonly files: readonly PatchedFile[];
  readonly folder: string | undefined;
}

/** A tool that was called, and what it was given: text, which most often is JSON. */
interface Called {
  readonly name: string;
  readonly text: string;
  readonly fields: Fields;
}

function callOf(name: unknown, given: unknown): Called {
  const text = textOf(given) ?? "";
  return { name: nameOf(name) ?? "", text, fields: /^\s*\{/.test(text) ? fieldsOf(parsed(text)) : {} };
}

/** Undefined for a call that writes nothing, as far as it says. */
function writtenBy(called: Called): Written | undefined {
  const { fields } = called;
  const folder = nameOf(fields["workdir"]);
  const patch = patchOf(called);
  if (patch !== undefined) return { files: readApplyPatch(patch), folder };
  // A shell is given its script last.
  const files = shellWrites(wordsOf(fields).at(-1) ?? "");
  return files.length > 0 ? { files, folder } : undefined;
}

/** The patch of a call that applies one: by a tool of that name, or by a shell command that contains it. */
function patchOf({ name, text, fields }: Called): string | undefined {
  if (!text.includes(patchStart)) return undefined;
  if (patching.test(name))
    return textOf(fields["patch"] ?? fields["input"]) ?? wordsOf(fields).at(-1) ?? text;
  const words = wordsOf(fields);
  const word = words.find((each) => each.includes(patchStart));
  if (word === undefined || !words.some((each) => each.includes("apply_patch"))) return undefined;
  return word.slice(word.indexOf(patchStart));
}

const patchStart = "*** Begin Patch";
const patching = /^(?:functions\.)?apply_patch$/;

/** A command, as one text or as a list of words. */
function wordsOf(fields: Fields): string[] {
  const command = fields["command"] ?? fields["cmd"];
  return typeof command === "string" ? [command] : listOf(command).map((word) => textOf(word) ?? "");
}

/** What is of unknown form ended in a way that nobody knows. */
function saysFailed(output: unknown): boolean {
  const text = textOf(output) ?? textOf(fieldsOf(output)["content"]) ?? "";
  const code = fieldsOf(fieldsOf(parsed(text))["metadata"])["exit_code"];
  return (typeof code === "number" && code !== 0) || /\b(?:exited with|Exit) code:? [1-9]/i.test(text);
}

function succeeded(output: unknown): boolean {
  const text = textOf(output) ?? textOf(fieldsOf(output)["content"]) ?? "";
  const code = fieldsOf(fieldsOf(parsed(text))["metadata"])["exit_code"];
  if (typeof code === "number") return code === 0;
  return wentWell.test(text) || /\bexited with code 0\b/.test(text);
}

/** At the start, or after how long it took. */
const wentWell = /^\s*(?:(?:Wall time: [^\n]*|Output:)\n\s*)*(?:Success|Exit code: 0|Done)/i;
const refused = /^(?:unsupported|failed|error|verification failed|apply_patch verification failed)/i;
const changeOutcomes: Readonly<Record<string, ToolEdit["outcome"]>> = {
  completed: "applied",
  failed: "failed",
  declined: "rejected",
};
