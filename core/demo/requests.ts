import type { Origin } from "../../protocol/origin.ts";
import type { Tokens } from "../tools/toolRecords.ts";
import type { DemoEdit } from "./history.ts";

/** One made-up call to a model. */
export interface DemoRequest {
  readonly session: string;
  readonly origin: Extract<Origin, { kind: "ai" }>;
  readonly day: string;
  /** Seconds since the day began. */
  readonly second: number;
  readonly model: string | undefined;
  readonly tokens: Tokens;
  readonly latencyMs: number;
  readonly isSubagent: boolean;
}

interface Habit {
  /** Requests for one edit. */
  readonly perEdit: number;
  readonly cachedShare: number;
  readonly reasoningShare: number;
  /** Of most requests; a few take several times as long. */
  readonly latencyMs: number;
}

const habits: Readonly<Record<string, Habit>> = {
  "github-copilot": { perEdit: 1, cachedShare: 0.3, reasoningShare: 0.2, latencyMs: 4200 },
  "claude-code": { perEdit: 4, cachedShare: 0.9, reasoningShare: 0, latencyMs: 7500 },
  codex: { perEdit: 5, cachedShare: 0.75, reasoningShare: 0.5, latencyMs: 9800 },
  cursor: { perEdit: 2, cachedShare: 0, reasoningShare: 0, latencyMs: 5200 },
};
/** Some sessions hand a good part of what they look up to others. */
const subagent = {
  ...{ tool: "claude-code", model: "claude-haiku-4-5", latencyMs: 1600 },
  ...{ sessions: 0.2, share: 0.4 },
};
/** Sessions in which somebody asks first and has an agent write then. */
const askedFirst = { tool: "github-copilot", sessions: 0.2 };
/** Sessions in which somebody only asks, beside each that edits. */
const onlyAskedShare = 0.12;
const heavier = 1.8;
const firstPrompt = 9000;
const promptGrowth = 1400;

/** What the sessions of some edits asked of models: prompts that grow, most of them read from a cache. */
export function demoRequests(edits: readonly DemoEdit[], random: () => number): DemoRequest[] {
  const sessions = new Map<string, DemoEdit[]>();
  for (const edit of edits) {
    if (edit.session === undefined) continue;
    const known = sessions.get(edit.session);
    if (known) known.push(edit);
    else sessions.set(edit.session, [edit]);
  }
  return [...sessions].flatMap(([session, own]) => {
    const asked = random() < onlyAskedShare ? requestsOf(`${session} asked`, own.slice(0, 1), random) : [];
    return [...requestsOf(session, own, random), ...asked];
  });
}

function requestsOf(session: string, edits: readonly DemoEdit[], random: () => number): DemoRequest[] {
  let turn = 0;
  const hasSubagents = random() < subagent.sessions;
  const isAskedFirst = random() < askedFirst.sessions;
  return edits.flatMap(({ origin, day, hour, minute, insertedChars }) => {
    if (origin.kind !== "ai") return [];
    const habit = habits[origin.tool ?? ""]!;
    const count = Math.max(1, Math.round(habit.perEdit * (0.5 + random())));
    // Whoever asks waits for the first edit longer than for the others.
    const lead = turn === 0 ? Math.round(60 + 540 * random() * random()) : 0;
    return Array.from({ length: count }, (_, made): DemoRequest => {
      const isSubagent = origin.tool === subagent.tool && hasSubagents && random() < subagent.share;
      const isAsked =
        isAskedFirst && turn === 0 && origin.tool === askedFirst.tool && origin.mode === "agent";
      const prompt = (firstPrompt + promptGrowth * turn++) * (0.7 + 0.6 * random());
      const cached = turn === 1 ? 0 : prompt * habit.cachedShare;
      const output = Math.round((made === 0 ? insertedChars / 3 : 60) + 240 * random());
      const usual = isSubagent ? subagent.latencyMs : habit.latencyMs * (isHeavy(origin.model) ? heavier : 1);
      return {
        session,
        origin: isAsked ? { ...origin, mode: "chat" } : origin,
        day,
        second: Math.max(0, (hour * 60 + minute) * 60 - (count - made) * 20 - lead),
        model: isSubagent ? subagent.model : origin.model,
        tokens: {
          input: Math.round(habit.cachedShare > 0.5 ? 400 * random() : prompt - cached),
          output,
          cacheRead: Math.round(cached),
          cacheWrite: Math.round(habit.cachedShare > 0.5 ? prompt - cached : 0),
          cacheWriteLong: 0,
          reasoning: Math.round(output * habit.reasoningShare),
        },
        latencyMs: Math.round(usual * Math.exp(0.9 * (random() + random() + random() - 1.5))),
        isSubagent,
      };
    });
  });
}

function isHeavy(model: string | undefined): boolean {
  return model?.includes("opus") === true;
}
