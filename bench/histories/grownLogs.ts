import { closeSync, mkdirSync, openSync, utimesSync, writeSync } from "node:fs";
import path from "node:path";
import { seededRandom } from "../../core/seededRandom.ts";
import {
  claudeAnswer,
  claudeCall,
  claudeResult,
  codexLine,
  codexTokens,
  type CodexUsage,
} from "../../test/support/agents/logLines.ts";

const sessionBytes = 4 * 1024 * 1024;
/** Of the bytes, those of Claude Code; the rest is Codex's. */
const claudeShare = 0.75;
const flushBytes = 256 * 1024;

/**
 * Fills a home directory with so many bytes of logs as people have them: most of it is what tools were shown of files and
 * of the output of commands, answers stand in several lines, and one call in four changes a file.
 */
export function writeGrownLogs(home: string, bytes: number, start: number): void {
  const random = seededRandom(9);
  const pick = (count: number) => Math.floor(random() * count);
  const words = Array.from({ length: 4000 }, () => pick(2 ** 30).toString(36));
  const line = () =>
    `  const ${words[pick(4000)]} = ${words[pick(4000)]}("${words[pick(4000)]}", ${pick(999)});`;
  const text = (most: number) => Array.from({ length: 1 + pick(most) }, line).join("\n");
  const made = { pick, text, next: 0 };
  for (let written = 0, session = 0; written < bytes; session++) {
    const isClaude = written < bytes * claudeShare;
    const at = start + session * 60_000;
    const file = isClaude
      ? `.claude/projects/-work-${session % 12}/${nameOf(session)}.jsonl`
      : `.codex/sessions/2026/01/05/rollout-2026-01-05T09-00-00-${nameOf(session)}.jsonl`;
    const lines = isClaude
      ? claudeSession(nameOf(session), at, made)
      : codexSession(nameOf(session), at, made);
    written += writeSession(path.join(home, file), lines, Math.min(sessionBytes, bytes - written));
    // What was written to a moment ago is looked at again.
    utimesSync(path.join(home, file), at / 1000, at / 1000);
  }
}

interface Made {
  readonly pick: (count: number) => number;
  readonly text: (lines: number) => string;
  next: number;
}

function nameOf(session: number): string {
  return `${String(session).padStart(8, "0")}-aaaa-4bbb-8ccc-000000000000`;
}

function writeSession(file: string, lines: Iterable<string>, most: number): number {
  mkdirSync(path.dirname(file), { recursive: true });
  const handle = openSync(file, "w");
  let [waiting, written] = ["", 0];
  for (const line of lines) {
    waiting += `${line}\n`;
    if (waiting.length < flushBytes) continue;
    written += writeSync(handle, waiting);
    waiting = "";
    if (written >= most) break;
  }
  closeSync(handle);
  return written;
}

function* claudeSession(session: string, start: number, made: Made): Generator<string> {
  const { pick, text } = made;
  for (let at = start; ; at += 2000 + pick(9000)) {
    const place = { session, at, cwd: "/home/someone/project" };
    const id = `msg_${made.next++}`;
    const usage = {
      input: pick(900) + 1,
      output: pick(3000) + 1,
      cacheRead: pick(90_000),
      short: pick(5000),
      long: pick(3) === 0 ? pick(9000) : 0,
    };
    const answer = (content: readonly unknown[], output: number) =>
      claudeAnswer(place, { id, usage: { ...usage, output }, content });
    yield answer([{ type: "thinking", thinking: text(12), signature: text(8) }], 1);
    yield answer([{ type: "text", text: text(8) }], 1);
    const call = `toolu_${id}`;
    const file = `/home/someone/project/src/file${pick(400)}.ts`;
    if (pick(4) === 0) {
      const [before, after] = [text(12), text(14)];
      const input = { file_path: file, old_string: before, new_string: after };
      yield answer([claudeCall(call, "Edit", input)], usage.output);
      const original = `${text(150)}\n${before}\n${text(150)}`;
      const result = { filePath: file, oldString: before, newString: after, originalFile: original };
      const patch = [{ oldStart: 1, newStart: 1, lines: [...before.split("\n"), ...after.split("\n")] }];
      yield claudeResult(place, { call, result: { ...result, structuredPatch: patch, userModified: false } });
    } else if (pick(2) === 0) {
      yield answer([claudeCall(call, "Read", { file_path: file })], usage.output);
      const result = { type: "text", file: { filePath: file, content: text(260), numLines: 260 } };
      yield claudeResult(place, { call, result });
    } else {
      yield answer([claudeCall(call, "Bash", { command: "npm run check 2>&1 | tail -60" })], usage.output);
      yield claudeResult(place, { call, result: { stdout: text(120), stderr: "", interrupted: false } });
    }
  }
}

function* codexSession(session: string, start: number, made: Made): Generator<string> {
  const { pick, text } = made;
  yield codexLine(start, "session_meta", {
    id: session,
    cwd: "/home/someone/project",
    cli_version: "0.99.0",
  });
  yield codexLine(start, "turn_context", { cwd: "/home/someone/project", model: "gpt-5-codex" });
  let total: CodexUsage = { input: 0, cached: 0, output: 0, reasoning: 0 };
  for (let at = start; ; at += 2000 + pick(9000)) {
    const call = `call_${made.next++}`;
    yield codexLine(at, "response_item", { type: "reasoning", summary: [], encrypted_content: text(30) });
    yield codexLine(at, "event_msg", { type: "agent_reasoning", text: text(6) });
    if (pick(4) === 0) {
      const removed = text(6).replaceAll(/^/gm, "-");
      const added = text(8).replaceAll(/^/gm, "+");
      const input = `*** Begin Patch\n*** Update File: src/file${pick(400)}.ts\n@@\n${removed}\n${added}\n*** End Patch`;
      yield codexLine(at, "response_item", {
        type: "custom_tool_call",
        call_id: call,
        name: "apply_patch",
        input,
      });
      const output = JSON.stringify({ output: "Success.", metadata: { exit_code: 0 } });
      yield codexLine(at, "response_item", { type: "custom_tool_call_output", call_id: call, output });
    } else {
      const written = { command: ["bash", "-lc", "rg -n value src"], workdir: "/home/someone/project" };
      const known = {
        type: "function_call",
        call_id: call,
        name: "shell",
        arguments: JSON.stringify(written),
      };
      yield codexLine(at, "response_item", known);
      const output = JSON.stringify({ output: text(200), metadata: { exit_code: 0 } });
      yield codexLine(at, "response_item", { type: "function_call_output", call_id: call, output });
    }
    const cached = pick(50_000);
    const reasoning = pick(500);
    const last = { input: cached + pick(2000) + 1, cached, output: reasoning + pick(1000) + 1, reasoning };
    const { input, output } = total;
    total = {
      input: input + last.input,
      cached: total.cached + cached,
      output: output + last.output,
      reasoning: total.reasoning + reasoning,
    };
    yield codexTokens(at, total, last);
  }
}
