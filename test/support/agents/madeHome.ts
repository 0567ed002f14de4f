import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { seededRandom } from "../../../core/seededRandom.ts";
import { claudeAnswer, codexLine, codexTokens, type CodexUsage } from "./logLines.ts";

const firstDay = Date.UTC(2026, 0, 5, 9);

/** Fills a home directory with sessions of Claude Code and Codex: resumed, branched off, with subagents and repeats. */
export function writeMadeHome(home: string, seed: number, sessions = 6, start = firstDay): void {
  const random = seededRandom(seed);
  const upTo = (limit: number) => Math.floor(random() * limit);
  const files = new Map<string, string[]>();
  const add = (file: string, line: string) => files.set(file, [...(files.get(file) ?? []), line]);
  for (let session = 0; session < sessions; session++) {
    const id = `0000000${session}-aaaa-4bbb-8ccc-000000000000`;
    const file = `.claude/projects/-work/${id}.jsonl`;
    let at = start + session * 3_600_000;
    for (let answer = 0; answer < 8; answer++) {
      at += 1000 + upTo(60_000);
      const usage = {
        input: upTo(900) + 1,
        output: upTo(4000) + 1,
        cacheRead: upTo(90_000),
        short: upTo(9000),
        long: upTo(2) * upTo(9000),
      };
      const known = { id: `msg_${session}_${answer}`, usage };
      // Of one answer there is a line for each of its parts; the first have not seen all of its output.
      add(file, claudeAnswer({ session: id, at }, { ...known, usage: { ...usage, output: 1 } }));
      add(file, claudeAnswer({ session: id, at: at + 10 }, known));
      // A session that was resumed repeats what was before.
      if (session > 0 && answer < 2)
        add(
          `.claude/projects/-work/resumed-${session}.jsonl`,
          claudeAnswer({ session: id, at: at + 10 }, known),
        );
    }
    const helper = { id: `msg_${session}_helper`, usage: { input: 7, output: 70 }, isSidechain: true };
    add(`.claude/projects/-work/${id}/subagents/agent-a.jsonl`, claudeAnswer({ session: id, at }, helper));
    writeCodex(session, start + session * 3_600_000 + 500, add, upTo);
  }
  for (const [file, lines] of files) {
    const place = path.join(home, file);
    mkdirSync(path.dirname(place), { recursive: true });
    writeFileSync(place, `${lines.join("\n")}\n`);
  }
}

/** A session of Gemini CLI, of which each answer is written twice: before and after its tools ran. */
export function writeGeminiSession(home: string, at: number, answers = 6): void {
  const line = (value: object) => `${JSON.stringify(value)}\n`;
  const time = (after: number) => new Date(at + after).toISOString();
  let text = line({ sessionId: "gemini-1", projectHash: "made", startTime: time(0), kind: "main" });
  text += line({
    $set: { messages: [{ id: "asked", timestamp: time(0), type: "user", content: "a prompt" }] },
  });
  for (let answer = 0; answer < answers; answer++) {
    const [input, cached, output, thoughts] = [1200 + answer, 1000 - answer, 60 + answer, 20 * answer];
    const tokens = { input, output, cached, thoughts, tool: 0, total: input + output + thoughts };
    const told = {
      id: `answer-${answer}`,
      timestamp: time(answer),
      type: "gemini",
      model: "gemini-2.5-pro",
      tokens,
    };
    const args = { file_path: "/work/a.ts", content: "a" };
    text += line(told);
    text += line({ ...told, toolCalls: [{ id: `c${answer}`, name: "write_file", args, status: "success" }] });
    text += line({ $set: { lastUpdated: time(answer) } });
  }
  const folder = path.join(home, ".gemini/tmp/work/chats");
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, "session-2026-01-05T09-00-gemini1.jsonl"), text);
}

function writeCodex(
  session: number,
  startedAt: number,
  add: (file: string, line: string) => void,
  upTo: (limit: number) => number,
) {
  const file = `.codex/sessions/2026/01/05/rollout-2026-01-05T09-00-00-codex-${session}.jsonl`;
  let at = startedAt;
  add(file, codexLine(at, "session_meta", { id: `codex-${session}`, cwd: "/work", cli_version: "0.99.0" }));
  add(file, codexLine(at, "turn_context", { cwd: "/work", model: "gpt-5-codex" }));
  let total: Required<CodexUsage> = { input: 0, cached: 0, output: 0, reasoning: 0, written: 0 };
  for (let answer = 0; answer < 6; answer++) {
    at += 1000 + upTo(60_000);
    const cached = upTo(50_000);
    const reasoning = upTo(500);
    // Later versions tell what was written to the cache, as a part of the input.
    const written = session % 2 === 0 ? 0 : upTo(3000);
    const input = cached + written + upTo(2000) + 1;
    const last = { input, cached, output: reasoning + upTo(1000) + 1, reasoning, written };
    total = {
      input: total.input + last.input,
      cached: total.cached + last.cached,
      output: total.output + last.output,
      reasoning: total.reasoning + last.reasoning,
      written: total.written + last.written,
    };
    add(file, codexTokens(at, total, last));
    // The same totals again, as for a limit that was told.
    if (answer % 2 === 0) add(file, codexTokens(at + 5, total, last));
  }
}
