import type { StepKind } from "../tools/toolSteps.ts";
import type { DemoEdit } from "./history.ts";

/** Something that an agent is made up to have done besides writing. */
export interface DemoStep {
  readonly session: string;
  readonly tool: string;
  readonly day: string;
  /** Seconds since the day began. */
  readonly second: number;
  readonly kind: StepKind;
  readonly subject: string | null;
}

/** Looks at files for each edit: one tool reads before it writes, another mostly does not. */
const looks: Readonly<Record<string, number>> = { "claude-code": 2, codex: 4 };
const briefedOf = 3;
/** On every fifth day of a month one file with secrets is read. */
const hasSecret = (day: string, number: number) => number === 3 && Number(day.slice(-1)) % 5 === 0;

/** What the tasks of some edits did besides: told by their order alone. Nobody ran a test today yet. */
export function demoSteps(edits: readonly DemoEdit[], today: string): DemoStep[] {
  const begun = new Set<string>();
  let told = 0;
  return edits.flatMap(({ origin, session, day, hour, minute }) => {
    const tool = origin.kind === "ai" ? origin.tool : undefined;
    const each = tool === undefined ? undefined : looks[tool];
    if (tool === undefined || session === undefined || each === undefined) return [];
    const number = told++;
    const isFirst = !begun.has(session);
    begun.add(session);
    const at = (hour * 60 + minute) * 60;
    const step = (kind: StepKind, second: number, subject: string | null = null): DemoStep => ({
      ...{ session, tool, day, kind, subject },
      second: Math.max(0, second),
    });
    return [
      ...(isFirst && begun.size % briefedOf === 1 ? [step("opening", at - 50, "briefing")] : []),
      ...(isFirst ? [step("plan", at - 45)] : []),
      ...Array.from({ length: each }, (_, look) => step("read", at - 40 + look)),
      ...(hasSecret(day, number) ? [step("secret", at - 30, "environment file")] : []),
      ...(number % 5 === 0 && day !== today
        ? [step(number % 10 === 0 ? "failed" : "passed", at + 30, "tests")]
        : []),
    ];
  });
}
